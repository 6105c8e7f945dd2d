import Bytes

/// Keeps what a run's responses say, each distinct thing once: bodies, questions, answers, RRsets, RRSIGs.
package struct ResponseStore: Sendable {
  /// RRsets and RRSIGs, and answers.
  package private(set) var rrsets: RRsetStore, answers = AnswerStore()
  /// The distinct bodies in order of arrival.
  package private(set) var bodies: [ResponseBody] = []
  private var knownBodies = RecognitionTable<BodyID>(limit: ResponseStore.keptBodies)
  private var knownQueries = RecognitionTable<QueryBody>(limit: ResponseStore.keptQueries),
    queryCount: UInt32 = 0
  /// What the hashes of messages are made with, of all their bytes but the ID.
  package let recognitionKey = HashKey()
  /// What `approach` has read, so that reading it has an effect.
  private var approached: UInt64 = 0, approachedSlots: [UInt32] = []
  /// What the queries among the messages that were brought near are likely to ask, in their order: the number of the first
  /// question with its letters folded, or the greatest number.
  package private(set) var approachedQuestions: [UInt32] = []
  /// The questions, and the OPT records.
  package private(set) var questions: QuestionStore, edns = OPTStore()
  private var contents = ContentNumbers(), reader = AnswerReader()

  /// Bodies and queries kept to recognise repetitions, at 36 and 52 bytes each: 18 and 13 MiB. A busy resolver's hour
  /// has 100,000 of each. Beyond it, or for bodies that never repeat, a message costs the walk over its records and
  /// nothing else changes.
  package static let keptBodies = 1 << 19, keptQueries = 1 << 18

  /// An empty store.
  /// - Parameter storage: what keeps the bytes that are seldom read; without any they stay in memory.
  package init(storage: (any BlockStorage)? = nil) {
    (rrsets, questions) = (RRsetStore(storage: storage), QuestionStore(storage: storage))
  }

  /// The number of what a response says; decoded on first sight.
  package mutating func intern(_ message: MessageView) -> (id: BodyID, body: ResponseBody) {
    intern(message, recognitionKey.wideHash(message.bytes.extracting(2..<message.bytes.count)))
  }

  /// Brings what is known of messages near, before `intern` and `internQuery` are asked about one after the other: their
  /// places lie in all of the memory, and reads that do not depend on each other wait for it together.
  package mutating func approach(_ messages: ArraySlice<MessageIdentity>) {
    approachedSlots.removeAll(keepingCapacity: true)
    approachedQuestions.removeAll(keepingCapacity: true)
    for message in messages {
      approachedSlots.append(
        message.isResponse ? knownBodies.slot(message.hash) : knownQueries.slot(message.hash))
    }
    for (message, slot) in zip(messages, approachedSlots) {
      approached ^= message.isResponse ? knownBodies.entry(slot) : knownQueries.entry(slot)
    }
    for (message, slot) in zip(messages, approachedSlots) {
      if message.isResponse {
        if let id = knownBodies.guess(slot) { approached ^= UInt64(bodies[Int(id.rawValue)].content) }
      } else {
        approachedQuestions.append(knownQueries.guess(slot)?.foldedQuestion ?? .max)
      }
    }
  }

  /// The number of what a response says; decoded on first sight.
  /// - Parameter hash: that of its bytes behind the ID, with `recognitionKey`.
  package mutating func intern(_ message: MessageView, _ hash: WideHash) -> (id: BodyID, body: ResponseBody) {
    if let known = knownBodies.find(hash) { return (known, bodies[Int(known.rawValue)]) }
    let id = BodyID(rawValue: UInt32(truncatingIfNeeded: bodies.count)), body = read(message)
    bodies.append(body)
    knownBodies.keep(id, for: hash)
    return (id, body)
  }

  /// Gives back the memory that recognises repetitions and what came before, when no more messages come. The numbers of
  /// contents and essences are in the bodies, and nobody asks what they stand for.
  package mutating func endRecognition() {
    knownBodies = RecognitionTable(limit: 0)
    knownQueries = RecognitionTable(limit: 0)
    (contents, reader) = (ContentNumbers(), AnswerReader())
    questions.endInterning()
    edns.endInterning()
    rrsets.endInterning()
    answers.endInterning()
  }

  /// Gives back the memory of what was read and is not needed soon.
  package func letGo() {
    rrsets.letGo()
    questions.letGo()
  }

  /// Bytes held, nearly: the content and what numbers it. What bounds a run without an end goes by it.
  package var byteCount: Int {
    let content = rrsets.byteCount + answers.byteCount + bodies.count * MemoryLayout<ResponseBody>.size
    let parts = questions.byteCount + edns.byteCount + contents.byteCount
    return content + parts + knownBodies.byteCount + knownQueries.byteCount
  }

  /// What a response of a number says.
  package func body(_ id: BodyID) -> ResponseBody { bodies[Int(id.rawValue)] }

  /// What a query asks; decoded on first sight.
  package mutating func internQuery(_ message: MessageView) -> QueryBody {
    internQuery(message, recognitionKey.wideHash(message.bytes.extracting(2..<message.bytes.count)))
  }

  /// What a query asks; decoded on first sight.
  /// - Parameter hash: that of its bytes behind the ID, with `recognitionKey`.
  package mutating func internQuery(_ message: MessageView, _ hash: WideHash) -> QueryBody {
    if let known = knownQueries.find(hash) { return known }
    let query = readQuery(message)
    knownQueries.keep(query, for: hash)
    return query
  }

  /// Decodes a query as far as its OPT record.
  private mutating func readQuery(_ message: MessageView) -> QueryBody {
    queryCount &+= 1
    var cursor = message.makeCursor(), question: (spelled: UInt32, folded: UInt32)?, dnssecOK: Bool? = false
    var isTransfer = false, ednsNumber: UInt32?
    do throws(DecodingError) {
      if let first = try cursor.nextQuestion() {
        question = questions.intern(first, message)
        isTransfer = first.isTransfer
      }
      while let record = try cursor.nextRecord() {
        if record.type == .opt, record.section == .additional {
          dnssecOK = record.ttl & 0x8000 != 0
          ednsNumber = edns.intern(record, message)
        }
      }
    } catch {
      if dnssecOK == false { dnssecOK = nil }
    }
    let flags = message.header.flags
    return QueryBody(
      number: queryCount, question: question, dnssecOK: dnssecOK, edns: ednsNumber, isTransfer: isTransfer,
      wantsAD: (flags.ad || dnssecOK == true) && !flags.cd)
  }

  /// The number of a message's first question with its letters folded, without keeping anything; nil for one that was not
  /// met before.
  package mutating func knownQuestion(_ message: MessageView) -> UInt32? { questions.known(message) }

  /// The client cookie in the OPT record of a query, and that of a response, nil without one; nil when the query has none.
  /// (Mutating, because what is not copies the store in the module that asks for every response.)
  package mutating func clientCookies(query edns: UInt32, response id: BodyID) -> (
    sent: UInt64, received: UInt64?
  )? {
    guard let sent = self.edns.clientCookie(edns) else { return nil }
    return (sent, bodies[Int(id.rawValue)].edns.flatMap { self.edns.clientCookie($0) })
  }

  /// Decodes a response.
  private mutating func read(_ message: MessageView) -> ResponseBody {
    var cursor = message.makeCursor()
    var question: (spelled: UInt32, folded: UInt32)?, questionFault: DecodingError?, isTransfer = false
    do throws(DecodingError) {
      if let first = try cursor.nextQuestion() {
        question = questions.intern(first, message)
        isTransfer = first.isTransfer
      }
    } catch {
      questionFault = error
    }
    var opt: RecordHeader?
    let (answer, fault) = reader.read(cursor, rrsets: &rrsets, answers: &answers) { opt = $0 }
    let extended = opt.map { UInt16($0.ttl >> 24) << 4 } ?? 0
    let rcode = ResponseCode(rawValue: extended | UInt16(message.header.flags.rcodeLow))
    let rrsets = answers.answer(answer).rrsets, isMalformed = (questionFault ?? fault) != nil
    let edns = opt.map { (number: self.edns.intern($0, message), dnssecOK: $0.ttl & 0x8000 != 0) }
    var signatureCount = 0
    for position in rrsets.indices { signatureCount &+= rrsets.signatureCount(position) }
    return ResponseBody(
      flags: message.header.flags, rcode: rcode, question: question, answer: answer,
      content: contents.content(rcode, rrsets),
      essence: contents.essence(
        message.header.flags, rcode, question?.folded, answer, edns?.dnssecOK, isMalformed),
      edns: edns, signatureCount: signatureCount, isMalformed: isMalformed, isTransfer: isTransfer)
  }
}
