import Bytes
import Packets

@testable import Transactions

/// A capture in the making: messages at milliseconds since its start, and what the table said of each response.
struct Scene {
  /// The table under test.
  var table: TransactionTable
  /// All outcomes in the order in which they came.
  private(set) var said: [MatchOutcome] = []
  private var frame = 0, responses = 0

  /// A scene with a table of given bounds.
  init(limits: TransactionLimits = TransactionLimits(), timing: TransactionTiming = TransactionTiming()) {
    table = TransactionTable(limits: limits, timing: timing)
  }

  /// A client and a server that tests use unless they say otherwise.
  static let client = IPAddress(v4: 0xc000_0201), server = IPAddress(v4: 0xc633_6407)

  /// The flow of queries from a client's port to a server.
  static func flow(
    client: IPAddress = client, port: UInt16 = 4242, server: IPAddress = server, serverPort: UInt16 = 53,
    over transport: Transport = .udp
  ) -> Flow {
    Flow(
      source: client, sourcePort: port, destination: server, destinationPort: serverPort, transport: transport
    )
  }

  /// Captures a query and returns its frame. Each has its own IP ID unless one is given; the question `n` is spelled
  /// `n * 10 + spelling`.
  @discardableResult
  mutating func query(
    at milliseconds: Double, _ flow: Flow = flow(), id: UInt16 = 7, question: UInt32? = 1,
    spelling: UInt32 = 0,
    ipID: UInt32?? = .none, ipTTL: UInt8 = 64, isTransfer: Bool = false, dnssecOK: Bool? = nil
  ) -> Int {
    receive(
      at: milliseconds, flow, id: id, isResponse: false, question: question, spelling: spelling,
      content: .max,
      ipID: ipID, ipTTL: ipTTL, tc: false, isTransfer: isTransfer, dnssecOK: dnssecOK)
    return frame
  }

  /// Captures a response and returns its number; the flow is that of the query.
  @discardableResult
  mutating func response(
    at milliseconds: Double, _ flow: Flow = flow(), id: UInt16 = 7, question: UInt32? = 1,
    spelling: UInt32 = 0,
    content: UInt32 = 100, ipID: UInt32?? = .none, ipTTL: UInt8 = 64, tc: Bool = false,
    isTransfer: Bool = false
  ) -> Int {
    receive(
      at: milliseconds, flow.reversed, id: id, isResponse: true, question: question, spelling: spelling,
      content: content, ipID: ipID, ipTTL: ipTTL, tc: tc, isTransfer: isTransfer, dnssecOK: nil)
    return responses - 1
  }

  /// Hands a message to the table.
  private mutating func receive(
    at milliseconds: Double, _ flow: Flow, id: UInt16, isResponse: Bool, question: UInt32?, spelling: UInt32,
    content: UInt32, ipID: UInt32??, ipTTL: UInt8, tc: Bool, isTransfer: Bool, dnssecOK: Bool?
  ) {
    frame += 1
    let message = Observation(
      recordIndex: isResponse ? responses : -1, frame: frame, time: time(milliseconds), flow: flow, id: id,
      isResponse: isResponse, tc: tc, isTransfer: isTransfer,
      questionID: question.map { $0 * 10 + spelling } ?? Observation.none,
      foldedQuestionID: question ?? Observation.none, contentID: content,
      bodyHash: UInt64(content) << 32 ^ UInt64(question ?? 99) << 16 ^ UInt64(spelling) << 8 ^ UInt64(id),
      ipID: ipID ?? UInt32(1_000_000 + frame), network: NetworkTraits(ipTTL: ipTTL),
      dnssecOK: dnssecOK)
    if isResponse { responses += 1 }
    table.receive(message) { said.append($0) }
  }

  /// The moment that many milliseconds after the start.
  func time(_ milliseconds: Double) -> Timestamp {
    Timestamp(nanoseconds: 1_700_000_000_000_000_000 + Int64(milliseconds * 1_000_000))
  }

  /// Ends the capture.
  mutating func finish() { table.finish { said.append($0) } }

  /// What was last said of a response, but for the marks of its query; nil while it waits.
  func outcome(_ response: Int) -> MatchOutcome? { said.last { $0.recordIndex == response }?.withoutMarks }

  /// The marks that were last said of a response.
  func marks(_ response: Int) -> MatchTraits { said.last { $0.recordIndex == response }?.traits ?? [] }

  /// Ends the capture, and says the words for all responses in order.
  mutating func words() -> [TransactionStatus?] {
    finish()
    return (0..<responses).map { outcome($0)?.status }
  }
}

extension MatchOutcome {
  /// The same without what is told of the query beside how it fits.
  var withoutMarks: MatchOutcome {
    var bare = self
    (bare.traits, bare.queryEDNS, bare.queryTTL) = ([], Observation.none, 0)
    return bare
  }
}
