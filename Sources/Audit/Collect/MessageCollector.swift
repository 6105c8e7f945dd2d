import Bytes
import DNSWire
import Findings
import Packets
import Transactions

/// The ordered stage: takes every message in frame order, interns what responses say, and matches them to queries.
struct MessageCollector: Sendable {
  /// What the responses say.
  private(set) var store: ResponseStore
  /// The responses, in frame order.
  private(set) var records: RecordStore
  /// The record of the response at hand, which is appended once it is settled or waits.
  private var recordAtHand = ResponseRecord.none
  /// How many of them, from the first on, were told before and are here for what they show of chains of trust.
  private(set) var carried = 0
  /// Those that are to be told: not those that were taken over from the part before.
  var responses: Range<Int> { carried..<records.count }
  /// The addresses in them, and what is known of the flows of the messages that are taken next.
  private(set) var addresses = AddressBook()
  private var nearFlows = NearFlows()
  /// All the packets of responses that came in several.
  private(set) var fragmentFrames: [Int: [PacketID]] = [:]
  /// The transaction in which a response stands against other data.
  private(set) var conflicts: [Int: Int] = [:]
  /// The inputs that they and their queries came from.
  private(set) var inputs = RecordInputs()
  /// Counts for the summary.
  private(set) var counts = MessageCounts()
  /// What the hashes of messages are made with.
  let keys: BatchKeys
  private var transactions: TransactionTable, settled: [MatchOutcome] = []
  /// Answers without a query of their own, also those that are only counted.
  private(set) var sprays = SprayTable()
  /// What was seen beside DNS messages, and packets that the capture lost, as far as it says.
  var witness = PacketWitness(), drops = 0

  /// Nothing taken yet.
  init() {
    let file = TemporaryFile()
    (store, records) = (ResponseStore(storage: file), RecordStore(storage: file))
    keys = BatchKeys(content: store.recognitionKey, conversations: HashKey())
    transactions = TransactionTable(hashKey: keys.conversations)
  }

  /// What the queries say of those who ask.
  var study: TrafficStudy { transactions.study }

  /// What limits conclusions from what the capture does not show.
  var quality: CaptureQuality {
    let strays = sprays.sprays.reduce(0) { $0 + max(0, $1.count - $1.nearMisses - $1.repetitive) }
    let counters = transactions.counters
    return CaptureQuality(
      queries: counters.queries, unanswered: counters.unanswered, open: counters.openAtEnd,
      responses: records.count, unasked: strays,
      drops: drops, start: records.first.map { Timestamp(nanoseconds: $0.time) },
      end: records.last.map { Timestamp(nanoseconds: $0.time) })
  }

  /// Takes the next message.
  mutating func receive(_ message: borrowing MessageBytes) {
    let identity = MessageIdentity(message.bytes, store.recognitionKey)
    receive(
      BatchedMessage(message, start: 0), message.bytes, message.frames, identity,
      keys.conversation(message, identity))
  }

  /// Takes the messages of a batch.
  mutating func receive(_ batch: borrowing MessageBatch) {
    if let beginning = batch.beginning { begin(at: beginning) }
    var start = 0
    while start < batch.messages.count {
      let end = min(start + MessageCollector.stride, batch.messages.count)
      store.approach(batch.identities[start..<end])
      transactions.approach(batch.conversations[start..<end])
      approachQueries(batch, start..<end)
      nearFlows.approach(batch, start..<end, addresses, records)
      for index in start..<end {
        let message = batch.messages[index]
        nearFlows.go(to: index &- start)
        receive(
          message, batch.bytes.span.extracting(message.start..<message.start + message.count),
          batch.fragments.isEmpty ? [] : batch.fragments[index] ?? [], batch.identities[index],
          batch.conversations[index])
      }
      start = end
    }
    nearFlows.leave()
  }

  /// Brings near what is known of those who ask.
  @inline(__always)
  private mutating func approachQueries(_ batch: borrowing MessageBatch, _ range: Range<Int>) {
    let questions = store.approachedQuestions
    var next = 0
    for index in range where !batch.identities[index].isResponse {
      transactions.approach(query: batch.messages[index].flow, questions[next])
      next &+= 1
    }
  }

  /// Messages that are brought near together: few, so that the first is still in the first-level cache after the last.
  private static let stride = 32

  /// Takes a message.
  private mutating func receive(
    _ message: BatchedMessage, _ bytes: Span<UInt8>, _ frames: [PacketID], _ identity: MessageIdentity,
    _ conversation: ConversationKey
  ) {
    guard counts.takes(message) else { return }
    guard let view = try? MessageView(bytes) else { return counts.countShort(message) }
    guard counts.takes(view.header, of: message) else { return }
    guard view.header.flags.isResponse else { return receiveQuery(message, view, identity, conversation) }
    if sprays.isFlooding || transactions.isOverloaded, divert(message, view) { return counts.countDiverted() }
    if counts.keeps(message) { receiveResponse(message, view, frames, identity, conversation) }
  }

  /// Begins with the time of the first packet; what was taken before is not matched with what comes.
  mutating func begin(at time: Timestamp) {
    settleAll()
    transactions = TransactionTable(hashKey: keys.conversations)
    transactions.begin(at: time)
  }

  /// Ends the capture: responses that waited for their query are settled.
  mutating func finish() {
    settleAll()
    transactions.release()
    store.endRecognition()
    store.letGo()
    records.letGo()
  }

  /// Settles what waits.
  private mutating func settleAll() {
    var outcomes: [MatchOutcome] = []
    transactions.finish { outcomes.append($0) }
    for outcome in outcomes { settle(outcome) }
  }

  /// Ends the messages that are taken over from an earlier part of a run: they count no more, and were matched there.
  mutating func endCarrying() {
    carried = records.count
    counts.reset()
    conflicts = [:]
  }

  /// Matches a query.
  private mutating func receiveQuery(
    _ message: BatchedMessage, _ view: MessageView, _ identity: MessageIdentity,
    _ conversation: ConversationKey
  ) {
    counts.countQuery()
    observe(Observation(store.internQuery(view, identity.hash), message, view.header), conversation)
  }

  /// Counts a response of a flood and keeps nothing of it; false when it is to be kept.
  private mutating func divert(_ message: BatchedMessage, _ view: MessageView) -> Bool {
    let question = store.knownQuestion(view)
    let guess = Guess(
      packet: message.packet, time: message.time, flow: message.flow, id: view.header.id, question: question,
      ipTTL: message.network.ipTTL)
    return sprays.divert(
      guess, transactions.knowledge(of: message.flow, id: view.header.id, question: question))
  }

  /// Keeps a response and matches it.
  private mutating func receiveResponse(
    _ message: BatchedMessage, _ view: MessageView, _ frames: [PacketID], _ identity: MessageIdentity,
    _ conversation: ConversationKey
  ) {
    let (id, body) = store.intern(view, identity.hash), index = records.count
    counts.count(message, body)
    inputs.note(message.packet.file, of: index)
    if !frames.isEmpty { fragmentFrames[index] = frames }
    recordAtHand = ResponseRecord(
      message, id: view.header.id, body: id,
      source: nearFlows.source ?? addresses.number(message.flow.source),
      destination: nearFlows.destination ?? addresses.number(message.flow.destination))
    if !message.isDamaged {
      observe(Observation(body, id, record: index, message, view.header), conversation)
    }
    records.append(recordAtHand, flow: nearFlows.flow)
  }

  /// Shows a message to the transactions and takes over what they settle.
  @inline(__always)
  private mutating func observe(_ observation: Observation, _ conversation: ConversationKey) {
    settled.removeAll(keepingCapacity: true)
    transactions.receive(observation, conversation) { settled.append($0) }
    for index in settled.indices { settle(settled[index]) }
  }

  /// Writes down how a response fits to its query.
  private mutating func settle(_ outcome: MatchOutcome) {
    let index = outcome.recordIndex
    guard index >= 0, index <= records.count else { return }
    let isAtHand = index == records.count
    var record = isAtHand ? recordAtHand : records[index]
    record.settle(outcome, cookie: cookie(outcome.queryEDNS, record.bodyID))
    if let query = outcome.queryFrame.map(PacketID.init(rawValue:)) {
      record.queryFrame = UInt32(truncatingIfNeeded: query.number)
      inputs.noteQuery(query.file, of: index)
    }
    if let group = outcome.conflictGroup { conflicts[index] = group }
    if isAtHand { recordAtHand = record } else { records[index] = record }
    if outcome.status != .answered { showToSprays(index, record, outcome) }
  }

  /// What a response makes of the cookie in its query. (Mutating, like what it asks, since what is not would copy the
  /// whole collector here.)
  private mutating func cookie(_ edns: UInt32, _ body: BodyID) -> ResponseRecord.CookieEcho? {
    guard edns != Observation.none, let cookies = store.clientCookies(query: edns, response: body) else {
      return nil
    }
    guard let received = cookies.received else { return .missing }
    return received == cookies.sent ? .echoed : .wrong
  }

  /// Shows a response that is not the answer to its query to the sprays.
  private mutating func showToSprays(_ index: Int, _ record: ResponseRecord, _ outcome: MatchOutcome) {
    switch outcome.sprayPart {
    case .none: return
    case .suspicious: sprays.countSuspicious(to: addresses[record.destination])
    case .guess:
      let guess = Guess(
        record, number: index, file: inputs.file(of: index),
        question: store.body(record.bodyID).foldedQuestion, traits: outcome.traits, addresses)
      sprays.receive(guess, isKept: true)
    }
  }
}
