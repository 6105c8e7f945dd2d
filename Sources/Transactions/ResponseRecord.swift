import Bytes
import DNSWire
import Packets

/// What is known of one response, with numbers for everything that repeats; `RecordStore` keeps it.
@usableFromInline
package struct ResponseRecord: Equatable, Sendable {
  /// Capture time in nanoseconds since 1970.
  @usableFromInline package var time: Int64
  /// The packet that completed it. The input follows from the record's number.
  @usableFromInline package var frame: UInt32
  /// Message ID.
  @usableFromInline package var id: UInt16
  /// How it fits to a query.
  @usableFromInline package var transaction = TransactionStatus.unknown
  /// What else is to know of it. (The order of the fields leaves no gaps.)
  @usableFromInline package var traits: ResponseTraits
  /// Numbers of the addresses, and the ports.
  @usableFromInline package var source: UInt32, destination: UInt32, sourcePort: UInt16,
    destinationPort: UInt16
  /// What it says.
  @usableFromInline package var body: UInt32
  /// Frame of its query, 0 for none, and the time between the two in microseconds; both from the transaction.
  @usableFromInline package var queryFrame: UInt32 = 0, rttMicroseconds: UInt32 = .max
  /// What link and IP headers say of its packet.
  @usableFromInline package var network: NetworkTraits
  /// How it fits to the queries of the capture, and the time to live of its own one; 0 without.
  @usableFromInline package var match: MatchTraits = [], queryTTL: UInt8 = 0

  /// Of a response that is not matched yet.
  @inlinable
  package init(
    time: Int64, frame: UInt32, id: UInt16, traits: ResponseTraits, source: UInt32, destination: UInt32,
    sourcePort: UInt16, destinationPort: UInt16, body: UInt32, network: NetworkTraits
  ) {
    (self.time, self.frame, self.id, self.traits) = (time, frame, id, traits)
    (self.source, self.destination, self.sourcePort) = (source, destination, sourcePort)
    (self.destinationPort, self.body, self.network) = (destinationPort, body, network)
  }

  /// Stands where there is none.
  package static let none = ResponseRecord(
    time: 0, frame: 0, id: 0, traits: [], source: 0, destination: 0, sourcePort: 0, destinationPort: 0,
    body: 0, network: NetworkTraits())

  /// The number of what it says.
  package var bodyID: BodyID { BodyID(rawValue: body) }
}

/// What is written into a record: here for the same reason as the questions below.
extension ResponseRecord {
  /// What a response makes of the cookie of its query (RFC 7873 §5.3).
  package enum CookieEcho: Sendable {
    case missing, echoed, wrong
  }

  /// Notes that other bytes stand in it than those that came first, or that it may be no message or a part of one.
  package mutating func note(isOtherVersion: Bool, isUnsure: Bool) {
    if isOtherVersion { match.insert(.otherVersion) }
    if isUnsure { match.insert(.unsure) }
  }

  /// Writes down how it fits to its query, but for the packet of that.
  /// - Parameter cookie: what it makes of the cookie of its query; nil when that had none.
  package mutating func settle(_ outcome: MatchOutcome, cookie: CookieEcho?) {
    transaction = outcome.status
    match.formUnion(outcome.traits)
    if outcome.isMirrorCopy { match.insert(.mirrorCopy) }
    if outcome.sameCase == false { match.insert(.caseDiffers) }
    switch cookie {
    case nil: break
    case .missing?: match.insert(.cookieMissing)
    case .echoed?: match.insert(.cookieEchoed)
    case .wrong?: match.insert(.cookieWrong)
    }
    queryTTL = outcome.queryTTL
    if let rtt = outcome.rttMicroseconds { rttMicroseconds = UInt32(clamping: rtt) }
    if let queryDO = outcome.queryDO {
      traits.insert(.querySeen)
      if queryDO { traits.insert(.queryDO) }
      if outcome.queryWantsAD { traits.insert(.wantsAD) }
    }
    if outcome.conflictGroup != nil { traits.insert(.conflicting) }
  }
}

/// What passes over all responses ask of each: here, where the sets of traits are known to the compiler, one test of bits.
extension ResponseRecord {
  /// Whether all of its bytes are here, and a host would have taken it.
  @inlinable package var isWhole: Bool { traits.isDisjoint(with: [.damaged, .cut]) }
  /// Whether a host would have dropped it, and whether it stands against other data.
  @inlinable package var isDamaged: Bool { traits.contains(.damaged) }
  @inlinable package var isConflicting: Bool { traits.contains(.conflicting) }
  /// Whether it came over UDP.
  @inlinable package var isUDP: Bool { traits.isDisjoint(with: [.tcp, .sctp]) }
  /// Whether it is no copy, and no version of a datagram with other bytes than those that came first.
  @inlinable package var isSingle: Bool { match.isDisjoint(with: [.mirrorCopy, .otherVersion]) }
  /// Whether it is no copy, and surely a message.
  @inlinable package var isFirstHand: Bool { match.isDisjoint(with: [.mirrorCopy, .unsure]) }
  /// Whether it is the one answer to its query, and nothing speaks against it.
  @inlinable package var isOrdinary: Bool {
    transaction == .answered && traits.isDisjoint(with: [.conflicting, .damaged, .cut])
      && match.isDisjoint(with: [.mirrorCopy, .otherVersion, .unsure])
  }
}

/// Single facts about a response.
@usableFromInline
package struct ResponseTraits: OptionSet, Hashable, Sendable {
  @usableFromInline package let rawValue: UInt8

  /// It came over TCP.
  @inlinable package static var tcp: ResponseTraits { ResponseTraits(rawValue: 1) }
  /// Bytes that its headers promise are missing.
  @inlinable package static var cut: ResponseTraits { ResponseTraits(rawValue: 2) }
  /// Its checksum is wrong: a host would have dropped it.
  @inlinable package static var damaged: ResponseTraits { ResponseTraits(rawValue: 4) }
  /// Its query was seen, and asked with DO.
  @inlinable package static var querySeen: ResponseTraits { ResponseTraits(rawValue: 8) }
  @inlinable package static var queryDO: ResponseTraits { ResponseTraits(rawValue: 16) }
  /// Its data differ from those of another response in its transaction.
  @inlinable package static var conflicting: ResponseTraits { ResponseTraits(rawValue: 32) }
  /// Its query asked a resolver for its word on the answer.
  @inlinable package static var wantsAD: ResponseTraits { ResponseTraits(rawValue: 128) }
  /// It came over SCTP.
  @inlinable package static var sctp: ResponseTraits { ResponseTraits(rawValue: 64) }

  /// Over which transport it came, and whether bytes are missing or wrong.
  package init(_ transport: Transport, isCut: Bool = false, isDamaged: Bool = false) {
    switch transport {
    case .udp: self = []
    case .tcp: self = .tcp
    case .sctp: self = .sctp
    }
    if isCut { insert(.cut) }
    if isDamaged { insert(.damaged) }
  }

  /// From the bits.
  @inlinable package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Whether all of another set is in it. Other modules would call generic code otherwise, which took three tenths of an audit.
  @inlinable package func contains(_ other: ResponseTraits) -> Bool {
    rawValue & other.rawValue == other.rawValue
  }
  /// Whether nothing of another set is in it.
  @inlinable package func isDisjoint(with other: ResponseTraits) -> Bool { rawValue & other.rawValue == 0 }

  /// Over which transport it came.
  package var transport: Transport { contains(.tcp) ? .tcp : contains(.sctp) ? .sctp : .udp }
}
