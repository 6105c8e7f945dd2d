import Bytes

/// What the queries of one client over UDP say of how it chooses ports and IDs.
package struct ClientStudy: Sendable {
  /// Who.
  package let address: IPAddress
  /// Queries, and first and last packet.
  package private(set) var count = 0
  package private(set) var firstFrame = 0, lastFrame = 0
  package private(set) var firstTime = Timestamp(nanoseconds: 0), lastTime = Timestamp(nanoseconds: 0)
  /// Sums of ports and of their squares: 2^32 queries fit.
  private var portSum: UInt64 = 0, portSquares: UInt64 = 0, idSum: UInt64 = 0, idSquares: UInt64 = 0
  /// Bits that all, and that any, had.
  package private(set) var portAnd = UInt16.max, portOr: UInt16 = 0, idAnd = UInt16.max, idOr: UInt16 = 0
  /// The lowest and the highest port.
  package private(set) var lowestPort = UInt16.max, highestPort: UInt16 = 0
  /// Queries with the port of the one before, or one shortly above it; likewise the ID.
  package private(set) var samePorts = 0, nextPorts = 0, sameIDs = 0, nextIDs = 0
  private var lastPort: UInt16 = 0, lastID: UInt16 = 0
  /// Queries with letters in upper case (draft-vixie-dnsext-dns0x20); with EDNS; those sent while another question was
  /// open at their port.
  package private(set) var withUpperCase = 0, withEDNS = 0, sharingPort = 0
  /// How many of its queries are kept, and that one in `stride` is.
  var sampleCount = 0
  private var stride = 1

  /// The fewest queries that anything is said of: DNS-OARC's port test takes 26.
  package static let least = 26
  /// A counter that other programs share goes up by less than this from query to query.
  private static let near: UInt16 = 9

  /// Nothing asked yet.
  init(_ address: IPAddress) { self.address = address }

  /// Takes a query.
  @inline(__always)
  mutating func add(_ query: Observation, sharesPort: Bool) {
    let port = query.flow.sourcePort, id = query.id
    if count > 0 { compare(port, id) } else { (firstFrame, firstTime) = (query.frame, query.time) }
    count &+= 1
    (lastPort, lastID, lastFrame, lastTime) = (port, id, query.frame, query.time)
    let (widePort, wideID) = (UInt64(port), UInt64(id))
    (portSum, portSquares) = (portSum &+ widePort, portSquares &+ widePort &* widePort)
    (idSum, idSquares) = (idSum &+ wideID, idSquares &+ wideID &* wideID)
    (portAnd, portOr, idAnd, idOr) = (portAnd & port, portOr | port, idAnd & id, idOr | id)
    (lowestPort, highestPort) = (min(lowestPort, port), max(highestPort, port))
    if query.questionID != query.foldedQuestionID { withUpperCase &+= 1 }
    if query.ednsID != Observation.none { withEDNS &+= 1 }
    if sharesPort { sharingPort &+= 1 }
  }

  /// Compares with the query before.
  @inline(__always)
  private mutating func compare(_ port: UInt16, _ id: UInt16) {
    if port == lastPort { samePorts &+= 1 }
    if id == lastID { sameIDs &+= 1 }
    if port &- lastPort &- 1 < ClientStudy.near &- 1 { nextPorts &+= 1 }
    if id &- lastID &- 1 < ClientStudy.near &- 1 { nextIDs &+= 1 }
  }

  /// Whether the query just taken belongs into the sample.
  @inline(__always)
  var takesSample: Bool { (count &- 1) & (stride &- 1) == 0 }

  /// Halves the sample.
  mutating func halveSample() {
    sampleCount /= 2
    // A capture of 2^62 queries does not exist.
    stride = stride &* 2
  }

  /// Standard deviation of the ports, and of the IDs: what DNS-OARC's port test goes by.
  package var portDeviation: Double { ClientStudy.deviation(portSum, portSquares, count) }
  package var idDeviation: Double { ClientStudy.deviation(idSum, idSquares, count) }

  /// A standard deviation from sums.
  private static func deviation(_ sum: UInt64, _ squares: UInt64, _ count: Int) -> Double {
    guard count > 0 else { return 0 }
    let mean = Double(sum) / Double(count)
    return max(0, Double(squares) / Double(count) - mean * mean).squareRoot()
  }
}

/// One query of a sample: 12 octets.
package struct QuerySample: Sendable {
  /// Port and ID, and a fold of the server's address.
  package let port: UInt16, id: UInt16, server: UInt16
  /// The interned EDNS fields; `Observation.none` without EDNS.
  package let ednsID: UInt32

  /// An empty place.
  init() { (port, id, server, ednsID) = (0, 0, 0, Observation.none) }

  /// Of a query.
  init(_ query: Observation) {
    (port, id, ednsID) = (query.flow.sourcePort, query.id, query.ednsID)
    let address = query.flow.destination
    server = UInt16(truncatingIfNeeded: ((address.low ^ address.high) &* 0x9e37_79b9_7f4a_7c15) &>> 48)
  }
}

/// Identical queries of one client to one server that were open at once: each is one more that a guess may fit, so that
/// a few hundred guesses do for what takes tens of thousands (VU#457875, CVE-2020-25686).
package struct TwinBurst: Sendable {
  /// Who asked whom; the question's number.
  package let client: IPAddress, server: IPAddress, question: UInt32
  /// First and last packet.
  package let firstTime: Timestamp, firstFrame: Int
  package private(set) var lastTime: Timestamp, lastFrame: Int
  /// The most that were open at once.
  package private(set) var depth: Int
  /// EDNS of the first one, and of one that differs; equal when none does.
  package let ednsID: UInt32
  package private(set) var otherEDNSID: UInt32

  /// Identical open queries from which on they are noted: a resolver that tries again after each timeout has two or three
  /// in a second.
  package static let least = 4
  /// Queries further apart than this, in nanoseconds, are tries of one question and no burst.
  static let span: Int64 = 1_000_000_000

  /// Begins with two of them.
  init(_ query: Observation, _ twin: QueryLedger.Entry, depth: UInt8) {
    (client, server, question) = (query.flow.source, query.flow.destination, query.foldedQuestionID)
    (firstTime, firstFrame, ednsID) = (twin.time, twin.frame, twin.ednsID)
    (lastTime, lastFrame, self.depth, otherEDNSID) = (query.time, query.frame, Int(depth), query.ednsID)
  }

  /// Whether a query is one more of them.
  func isContinued(by query: Observation) -> Bool {
    question == query.foldedQuestionID && client == query.flow.source && server == query.flow.destination
      && query.time.age(of: lastTime) <= TwinBurst.span
  }

  /// Adds one.
  mutating func add(_ query: Observation, depth: UInt8) {
    (lastTime, lastFrame) = (query.time, query.frame)
    self.depth = max(self.depth, Int(depth))
    if query.ednsID != ednsID { otherEDNSID = query.ednsID }
  }
}
