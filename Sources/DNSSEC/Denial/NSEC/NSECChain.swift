import DNSWire

/// The NSEC records of a message that can speak for a zone.
struct NSECChain: Sendable {
  /// The zone's apex.
  let zone: Name
  /// The records that can be used.
  let records: [ProvenNSEC]
  /// Why the first record that cannot be used was left out, as a sentence.
  let leftOut: String?

  /// What the records say about the existence of a name that none of them matches.
  enum Absence: Equatable {
    /// The name does not exist; this is the longest name above it that does (RFC 4592 §3.3.1).
    case denied(closestEncloser: Name)
    /// The name exists without records, because the next name lies below it (RFC 4592 §2.2.2).
    case emptyNonTerminal(next: Name)
    /// No record denies the name; the sentence says what is missing.
    case unproven(String)
  }

  /// Picks the usable records out of evidence.
  init(_ evidence: DenialEvidence) {
    zone = evidence.zone
    guard evidence.nsec.contains(where: { NSECChain.objection(to: $0, in: evidence.zone) != nil }) else {
      (records, leftOut) = (evidence.nsec, nil)
      return
    }
    var usable: [ProvenNSEC] = [], leftOut: String?
    for record in evidence.nsec {
      if let objection = NSECChain.objection(to: record, in: zone) {
        leftOut = leftOut ?? objection
      } else {
        usable.append(record)
      }
    }
    (records, self.leftOut) = (usable, leftOut)
  }

  /// The records whose owner is the name.
  func matching(_ name: Name) -> [ProvenNSEC] { records.filter { $0.owner == name } }

  /// Whether a name that no record matches exists.
  func absence(of name: Name) -> Absence {
    let spanning = records.filter { $0.span.covers(name) }
    let covering = spanning.filter { !$0.isBlind(to: name) }
    if let below = covering.first(where: { $0.data.nextName.isSubdomain(of: name) }) {
      return .emptyNonTerminal(next: below.data.nextName)
    }
    let enclosers = covering.flatMap {
      [name.commonAncestor(with: $0.owner), name.commonAncestor(with: $0.data.nextName)]
    }
    if let longest = enclosers.max(by: { $0.labelCount < $1.labelCount }) {
      return .denied(closestEncloser: longest)
    }
    if let blind = spanning.first {
      return .unproven("\(blind.words) has a delegation or a DNAME and denies nothing below it, not \(name)")
    }
    return .unproven("no NSEC covers \(name)")
  }

  /// Why a record proves nothing in a zone; nil for one that can be used.
  private static func objection(to record: ProvenNSEC, in zone: Name) -> String? {
    if record.zone != zone { return "\(record.words) left out: signed by \(record.zone), not \(zone)" }
    if record.isWildcardExpanded { return "\(record.words) left out: it was made from a wildcard" }
    if !record.isSound {
      return "\(record.words) left out: its next name \(record.data.nextName) is not behind it in \(zone)"
    }
    return nil
  }
}

extension ProvenNSEC: CustomStringConvertible {
  /// The record in words.
  package var description: String { words }

  /// The record in words.
  var words: String { "the NSEC at \(owner)" }

  /// Whether the name lies below a cut or DNAME at the owner, where the record denies nothing (RFC 6840
  /// §4.1).
  func isBlind(to name: Name) -> Bool {
    data.types.hidesNamesBelow && name.isSubdomain(of: owner)
  }
}
