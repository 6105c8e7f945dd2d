import DNSWire

extension TypeBitmap {
  /// NS without SOA: the parent's side of a zone cut (RFC 6840 §4.1).
  var isDelegation: Bool { contains(.ns) && !contains(.soa) }

  /// Whether names below the owner are out of this zone's hands: a cut or a DNAME (RFC 6840 §4.1).
  var hidesNamesBelow: Bool { isDelegation || contains(.dname) }
}

/// What the bitmap at an existing name, or at the wildcard that answers for it, says of a type that got
/// NODATA (RFC 4035 §5.4, RFC 5155 §8.5-8.7, RFC 6840 §4.1 and §4.3).
/// - Parameter record: what a sentence names the record by; no words are made where there is none.
func noDataVerdict(
  _ type: RecordType, in types: TypeBitmap, at owner: Name, throughWildcard: Bool,
  by record: any CustomStringConvertible
) -> DenialOutcome {
  if type == .ds, types.contains(.soa), !owner.isRoot {
    return .notProven(missing: "\(record) has SOA set: DS was asked at the wrong side of the cut at \(owner)")
  }
  if types.isDelegation, type != .ds || throughWildcard {
    return .notProven(
      missing: "\(record) is the parent's side of a zone cut and denies nothing but DS at \(owner)")
  }
  if type == .any {
    guard let present = types.types.first(where: { !CompactDenial.bookkeeping.contains($0) }) else {
      return .proven
    }
    return .contradicted("\(record) says that \(owner) has records of type \(present.rawValue)")
  }
  if types.contains(type) {
    return .contradicted("\(record) says that \(owner) has the type asked for (\(type.rawValue))")
  }
  if types.contains(.cname), !typesBesideCNAME.contains(type) {
    return .contradicted("\(record) says that \(owner) has a CNAME, which should have been the answer")
  }
  return .proven
}

/// The types that may stand at the name of a CNAME (RFC 4035 §2.5), so that servers do not follow it for them: where
/// there is none, NODATA is the answer.
private let typesBesideCNAME: Set<RecordType> = [.nsec, .rrsig, .key]

/// What the bitmap at a name says of DS there (RFC 4035 §5.2, RFC 5155 §8.9, RFC 6840 §4.4).
func dsVerdict(in types: TypeBitmap, at cut: Name) -> DSDenialOutcome {
  if types.contains(.soa) { return cut.isRoot ? .notACut(.root) : .childSide }
  if types.contains(.ds) { return .hasDS }
  if types.contains(.ns) { return .insecureDelegation }
  if CompactDenial.deniesName(types) { return .notACut(.doesNotExist) }
  return .notACut(types.types.isEmpty ? .emptyNonTerminal : .existsWithoutNS)
}
