/// What the records of a message prove about a name error, a NODATA or a wildcard expansion.
package enum DenialOutcome: Equatable, Sendable {
  /// The denial is complete.
  case proven
  /// Complete as far as it goes, but the name may lie where the zone proves nothing.
  case insecure(InsecureReason)
  /// A record that the proof needs is not here; the sentence names it.
  case notProven(missing: String)
  /// A verified record says otherwise; the sentence names both.
  case contradicted(String)
}

/// Why a denial cannot be more than insecure.
package enum InsecureReason: Equatable, Sendable {
  /// The next closer name lies in an opt-out span (RFC 5155 §9.2).
  case optOut
  /// The zone's NSEC3 ask for more iterations than the limit (RFC 9276 §3.2, RFC 8914 code 27).
  case iterations(UInt16)
}

/// What the records say about DS at a name.
package enum DSDenialOutcome: Equatable, Sendable {
  /// NS set, DS and SOA clear: a delegation to an unsigned zone (RFC 4035 §5.2, RFC 6840 §4.4).
  case insecureDelegation
  /// The name lies in an opt-out span: it may be a delegation to an unsigned zone (RFC 5155 §8.9).
  case optOut
  /// No zone begins at the name.
  case notACut(NotACutReason)
  /// The zone's NSEC3 ask for more iterations than the limit (RFC 9276 §3.2).
  case iterations(UInt16)
  /// The bitmap holds DS.
  case hasDS
  /// SOA is set: the record is of the child, which has no say about its own DS (RFC 4035 §5.2).
  case childSide
  /// A record that the proof needs is not here; the sentence names it.
  case notProven(missing: String)
}

/// How the records show that a name is no zone cut.
package enum NotACutReason: Equatable, Sendable {
  /// The name has records and no NS among them.
  case existsWithoutNS
  /// The name has no records, names below it have.
  case emptyNonTerminal
  /// The name does not exist in the zone.
  case doesNotExist
  /// The root has no parent.
  case root
}

/// A verdict that several chains of records (NSEC, and NSEC3 by parameters) may give about one question.
protocol DenialVerdict: Sendable {
  /// Of two chains' verdicts the one with the higher rank counts: one valid path is enough.
  var rank: Int { get }
  /// Whether no other chain can change it.
  var isFinal: Bool { get }
  /// The sentence of a missing proof.
  var missing: String? { get }
  /// The verdict that a proof is missing.
  static func notProven(missing: String) -> Self
  /// The verdict for a chain above the iteration limit.
  static func tooManyIterations(_ count: UInt16) -> Self
}

extension DenialOutcome: DenialVerdict {
  var isFinal: Bool { self == .proven }

  var rank: Int {
    switch self {
    case .proven: 4
    case .insecure(.optOut): 3
    case .contradicted: 2
    case .insecure(.iterations): 1
    case .notProven: 0
    }
  }

  var missing: String? {
    if case .notProven(let missing) = self { missing } else { nil }
  }

  static func tooManyIterations(_ count: UInt16) -> DenialOutcome { .insecure(.iterations(count)) }
}

extension DSDenialOutcome: DenialVerdict {
  var isFinal: Bool { self == .hasDS }

  var rank: Int {
    switch self {
    case .hasDS: 6
    case .insecureDelegation: 5
    case .notACut: 4
    case .optOut: 3
    case .childSide: 2
    case .iterations: 1
    case .notProven: 0
    }
  }

  var missing: String? {
    if case .notProven(let missing) = self { missing } else { nil }
  }

  static func tooManyIterations(_ count: UInt16) -> DSDenialOutcome { .iterations(count) }
}

extension NotACutReason {
  /// The reason in words.
  package var sentence: String {
    switch self {
    case .existsWithoutNS: "the name has records and no NS among them"
    case .emptyNonTerminal: "the name is an empty non-terminal"
    case .doesNotExist: "the name does not exist"
    case .root: "the root has no parent"
    }
  }
}
