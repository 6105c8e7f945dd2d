import DNSWire
import Packets

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
  private let limit: Int
  /// Offset of what was left out first, and how much was left out.
  private var leftOut: (offset: Int, count: Int)?

  /// A bound for what is written about a message into a buffer that has so many octets already.
  init(from length: Int, of message: MessageBytes) {
    limit = length + max(ShownLength.minimum, message.bytes.count * ShownLength.maximumGrowth)
  }

  /// Whether a buffer of this length has room for one more question or record; counts it as left out otherwise.
  mutating func hasRoom(_ length: Int, at offset: Int) -> Bool {
    if leftOut == nil, length < limit { return true }
    leftOut = (leftOut?.offset ?? offset, (leftOut?.count ?? 0) + 1)
    return false
  }

  /// Says what was left out.
  var fault: ShownFault? { leftOut.map { ShownFault(.leftOut($0.count), at: $0.offset) } }
}

/// How types and their data are shown: NetBIOS gave 32 and 33 a meaning of its own (RFC 1002 §4.2.1.3), so there
/// they are numbers and octets, not NIMLOC and SRV.
struct ShownTypes {
  /// Whether the message is one of the NetBIOS name service.
  let isNetBIOS: Bool

  /// How types in messages of this protocol are shown.
  init(_ name: ProtocolName) { isNetBIOS = name == .nbns }

  /// The type's mnemonic or number.
  func mnemonic(of type: RecordType) -> String { isForeign(type) ? "TYPE\(type.rawValue)" : type.mnemonic }

  /// Appends a record's RDATA.
  func append(_ rdata: RDataView, to text: inout [UInt8]) {
    if isForeign(rdata.type) { rdata.appendGeneric(to: &text) } else { rdata.appendText(to: &text) }
  }

  /// Whether the number does not mean what IANA's registry says.
  private func isForeign(_ type: RecordType) -> Bool { isNetBIOS && (type == .nimloc || type == .srv) }
}
