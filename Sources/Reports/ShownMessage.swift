import Bytes
import DNSWire

/// What kept a message from being shown in full.
struct ShownFault {
  /// Offset in the message; what stands in front of it is shown.
  let offset: Int
  /// The reason in words.
  let reason: String

  /// From the fields.
  init(offset: Int, reason: String) { (self.offset, self.reason) = (offset, reason) }

  /// A decoder's fault; a message that the capture has only a part of says so.
  init(_ error: DecodingError, cutFrom declaredLength: Int?, count: Int) {
    offset = error.offset
    if error.fault == .truncated, let declaredLength {
      reason = "the capture has \(count) of the message's \(declaredLength) octets"
    } else {
      reason = error.fault.sentence
    }
  }

  /// Octets behind the last record; nil when there are none.
  init?(trailing count: Int, at offset: Int) {
    guard count > 0 else { return nil }
    self.init(
      offset: offset,
      reason: count == 1 ? "1 octet behind the last record" : "\(count) octets behind the last record")
  }

  /// Appends the member `malformed`.
  func append(to line: inout JSONLineWriter) {
    line.object("malformed") { object in
      object.field("offset", offset)
      object.field("reason", reason)
    }
  }
}

/// Keeps what is written about one message within bounds: compression lets two octets stand for a name of 255,
/// which are up to 1,275 in JSON, so that a hostile message of 64 KB could fill megabytes.
struct ShownLength {
  /// Octets written for each octet of a message at most. A record takes 11 octets on the wire at least and 90
  /// for its members in JSON; with an owner and a name in its data of 255 plain letters each it is 600, so
  /// honest messages stay below 60.
  static let maximumGrowth = 64
  /// What a message may take however short it is, octets.
  static let minimum = 65_536

  /// Where the buffer that is written to has to end.
  let limit: Int
  /// What was left out first, and how much since.
  private var leftOut: (offset: Int, count: Int)?

  /// A bound at a length of the buffer.
  init(limit: Int) { self.limit = limit }

  /// The most that may be written about a message of so many octets.
  static func limit(messageLength: Int) -> Int { max(minimum, messageLength * maximumGrowth) }

  /// Whether a buffer of this length has room for one more question or record; counts it as left out otherwise.
  mutating func hasRoom(_ length: Int, at offset: Int) -> Bool {
    if leftOut == nil, length < limit { return true }
    leftOut = (leftOut?.offset ?? offset, (leftOut?.count ?? 0) + 1)
    return false
  }

  /// Says what was left out.
  var fault: ShownFault? {
    leftOut.map { offset, count in
      let limit = "they would take more than \(ShownLength.maximumGrowth) times the message's length"
      return ShownFault(offset: offset, reason: "\(count) questions or records left out: \(limit)")
    }
  }
}

extension HeaderFlags {
  /// The flags that are set, in the order of the wire.
  var names: [String] {
    [(aa, "aa"), (tc, "tc"), (rd, "rd"), (ra, "ra"), (z, "z"), (ad, "ad"), (cd, "cd")]
      .filter(\.0).map(\.1)
  }
}

extension Section {
  /// The name that events have for it.
  var name: String {
    switch self {
    case .answer: "answer"
    case .authority: "authority"
    case .additional: "additional"
    }
  }
}
