import Bytes
import DNSWire
import Packets
import Transactions

/// What is kept of one response: 40 bytes, numbers for everything that repeats.
struct ResponseRecord: Sendable {
  /// Capture time in nanoseconds since 1970.
  var time: Int64
  /// The packet that completed it. The input follows from the record's number.
  var frame: UInt32
  /// Message ID.
  var id: UInt16
  /// How it fits to a query.
  var transaction = TransactionStatus.unknown
  /// What else is to know of it. (The order of the fields leaves no gaps.)
  var traits: ResponseTraits
  /// Numbers of the addresses, and the ports.
  var source: UInt32, destination: UInt32, sourcePort: UInt16, destinationPort: UInt16
  /// What it says.
  var body: UInt32
  /// Frame of its query, 0 for none, and the time between the two in microseconds; both from the transaction.
  var queryFrame: UInt32 = 0, rttMicroseconds: UInt32 = .max
}

/// Single facts about a response.
struct ResponseTraits: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  /// It came over TCP.
  static let tcp = ResponseTraits(rawValue: 1)
  /// Bytes that its headers promise are missing.
  static let cut = ResponseTraits(rawValue: 2)
  /// Its checksum is wrong: a host would have dropped it.
  static let damaged = ResponseTraits(rawValue: 4)
  /// Its query was seen, and asked with DO.
  static let querySeen = ResponseTraits(rawValue: 8)
  static let queryDO = ResponseTraits(rawValue: 16)
  /// Its data differ from those of another response in its transaction.
  static let conflicting = ResponseTraits(rawValue: 32)
  /// Its query asked a resolver for its word on the answer.
  static let wantsAD = ResponseTraits(rawValue: 128)
  /// It came over SCTP.
  static let sctp = ResponseTraits(rawValue: 64)

  /// Over which transport it came.
  init(_ transport: Transport) {
    switch transport {
    case .udp: self = []
    case .tcp: self = .tcp
    case .sctp: self = .sctp
    }
  }

  /// From the bits.
  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Over which transport it came.
  var transport: Transport { contains(.tcp) ? .tcp : contains(.sctp) ? .sctp : .udp }
}
