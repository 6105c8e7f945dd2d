import DNSWire

/// The fields of every distinct RRSIG, 28 bytes each, and each signer's name once.
struct SignatureFields: Sendable {
  /// The fields of one RRSIG (RFC 4034 §3.1).
  struct Entry: Sendable {
    /// Number of the signer; `SignatureFields.malformed` for RDATA that is not sound.
    let signer: UInt32
    /// Octets in front of the signature, and of it.
    let headerLength: UInt16, signatureLength: UInt16
    /// What stands in front of the signer.
    let fixed: RRSIGFixedFields
  }

  /// A zone that signs.
  struct Signer: Sendable {
    /// Its name, with all labels counted, and as RRSIGs count them (RFC 4034 §3.1.3).
    let name: Name, labelCount: Int, signedLabelCount: Int
  }

  /// In place of a signer's number.
  static let malformed = UInt32.max
  /// The fields of RDATA that is not sound.
  private static let unsound = Entry(
    signer: malformed, headerLength: 0, signatureLength: 0, fixed: RRSIGFixedFields())
  private var entries: [Entry] = []
  /// The signers by number, and the numbers of their names.
  private(set) var signers: [Signer] = []
  private var numbers: [Name: UInt32] = [:]
  /// The number of a name with this hash that was looked for last: most RRSIGs come from few zones.
  private var recent = [UInt32](repeating: 0, count: recentCount)
  /// Places for names looked for: the zones of a capture are thousands, those that sign much are few.
  private static let recentCount = 1_024

  /// The fields of an RRSIG, and of those before it, which are read when they are not known.
  mutating func read(_ id: SignatureID, in store: RRsetStore) -> Entry {
    if entries.isEmpty { entries.reserveCapacity(store.signatureCount) }
    while entries.count <= Int(id.rawValue) {
      entries.append(parse(store.signature(SignatureID(rawValue: UInt32(truncatingIfNeeded: entries.count)))))
    }
    return entries[Int(id.rawValue)]
  }

  /// The fields of an RRSIG that was read before.
  subscript(_ id: SignatureID) -> Entry { entries[Int(id.rawValue)] }

  /// The fields with the signer's name; nil for RDATA that is not sound.
  func data(_ entry: Entry) -> RRSIGData? {
    guard entry.signer != SignatureFields.malformed else { return nil }
    return RRSIGData(
      entry.fixed, signer: signers[Int(entry.signer)].name, headerLength: Int(entry.headerLength),
      signatureLength: Int(entry.signatureLength))
  }

  /// Reads RDATA.
  private mutating func parse(_ rdata: Span<UInt8>) -> Entry {
    guard let fixed = try? RRSIGFixedFields(rdata),
      let signer = nameNumber(rdata, at: RRSIGData.fixedLength)
    else { return SignatureFields.unsound }
    let end = RRSIGData.fixedLength + signers[Int(signer)].name.wire.count
    return Entry(
      signer: signer, headerLength: UInt16(truncatingIfNeeded: end),
      signatureLength: UInt16(truncatingIfNeeded: rdata.count - end), fixed: fixed)
  }

  /// The number of the name at an offset; nil when there is none.
  private mutating func nameNumber(_ rdata: Span<UInt8>, at start: Int) -> UInt32? {
    guard let end = endOfName(rdata, at: start) else { return nil }
    let wire = rdata.extracting(start..<end)
    var hash: UInt32 = 0
    for index in wire.indices { hash = hash &* 31 &+ UInt32(wire[index]) }
    let place = Int(hash % UInt32(SignatureFields.recentCount)), guess = Int(recent[place])
    if guess < signers.count {
      let known = signers[guess].name.wire
      if equalBytes(known.span, wire) { return recent[place] }
    }
    guard let (name, _) = try? readUncompressedName(rdata, at: start) else { return nil }
    let number = numbers[name] ?? UInt32(truncatingIfNeeded: signers.count)
    if Int(number) == signers.count {
      signers.append(
        Signer(name: name, labelCount: name.labelCount, signedLabelCount: SignedData.labelCount(name)))
      numbers[name] = number
    }
    recent[place] = number
    return number
  }

  /// Where a name ends that lies wholly in the RDATA; nil when it does not.
  private func endOfName(_ rdata: Span<UInt8>, at start: Int) -> Int? {
    var offset = start
    while offset < rdata.count, offset - start < Name.maximumLength {
      let length = Int(rdata[offset])
      offset += length + 1
      if length == 0 { return offset }
    }
    return nil
  }
}
