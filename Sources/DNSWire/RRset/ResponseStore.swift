import Bytes

/// Number of a distinct response body: all of a message but its ID.
package struct BodyID: RawRepresentable, Hashable, Sendable {
  /// The number, from 0 in order of arrival.
  package let rawValue: UInt32

  /// From the number.
  package init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// What a response says, interned: 36 bytes, because there is one for every distinct body.
package struct ResponseBody: Sendable {
  /// Header flags and the full response code.
  package let flags: HeaderFlags, rcode: ResponseCode
  /// The RRsets.
  package let answer: AnswerID
  /// Equal numbers hold the same data: response code and RRsets of the answer section (of a referral: the NS RRset),
  /// whatever their order, TTLs and RRSIGs.
  package let content: UInt32
  /// Equal numbers say the same as far as a judgement goes: letter case, EDNS options and the like do not count.
  package let essence: UInt32
  /// RRSIGs in it.
  package let signatureCount: UInt16
  /// Whether decoding ended early with a fault, and whether the question asks for a transfer of a zone.
  package let isMalformed: Bool, isTransfer: Bool
  private let dnssecOKState: UInt8
  private let questionNumber: UInt32, foldedQuestionNumber: UInt32, ednsNumber: UInt32

  /// The first question as spelled; nil with QDCOUNT 0.
  package var question: UInt32? { questionNumber == .max ? nil : questionNumber }
  /// The first question with its letters folded; nil with QDCOUNT 0.
  package var foldedQuestion: UInt32? { foldedQuestionNumber == .max ? nil : foldedQuestionNumber }
  /// Number of its EDNS fields; nil without EDNS.
  package var edns: UInt32? { ednsNumber == .max ? nil : ednsNumber }
  /// DO of the response; nil without EDNS.
  package var dnssecOK: Bool? { ednsNumber == .max ? nil : dnssecOKState == 1 }

  /// From the parts.
  init(
    flags: HeaderFlags, rcode: ResponseCode, question: (spelled: UInt32, folded: UInt32)?, answer: AnswerID,
    content: UInt32, essence: UInt32, edns: (number: UInt32, dnssecOK: Bool)?, signatureCount: Int,
    isMalformed: Bool, isTransfer: Bool
  ) {
    self.isTransfer = isTransfer
    (self.flags, self.rcode, self.answer, self.content, self.essence) = (
      flags, rcode, answer, content, essence
    )
    (questionNumber, foldedQuestionNumber) = (question?.spelled ?? .max, question?.folded ?? .max)
    (ednsNumber, dnssecOKState) = (edns?.number ?? .max, edns?.dnssecOK ?? false ? 1 : 0)
    (self.signatureCount, self.isMalformed) = (UInt16(clamping: signatureCount), isMalformed)
  }
}

/// What a query asks, interned: 20 bytes, because there is one for every distinct query.
package struct QueryBody: Sendable {
  /// Number of the distinct query: all of the message but its ID.
  package let number: UInt32
  private let questionNumber: UInt32, foldedQuestionNumber: UInt32, ednsNumber: UInt32
  private let dnssecOKState: UInt8
  /// Whether it asks for a transfer of a zone.
  package let isTransfer: Bool
  /// Whether it asks a validating resolver for its word: AD or DO set, and CD clear (RFC 6840 §5.7, RFC 4035 §3.2.2).
  package let wantsAD: Bool

  /// The first question as spelled; nil when there is none or it cannot be read.
  package var question: UInt32? { questionNumber == .max ? nil : questionNumber }
  /// The first question with its letters folded; nil when there is none or it cannot be read.
  package var foldedQuestion: UInt32? { foldedQuestionNumber == .max ? nil : foldedQuestionNumber }
  /// DO: nil when the message cannot be decoded as far as its OPT record, false without EDNS.
  package var dnssecOK: Bool? { dnssecOKState == 2 ? nil : dnssecOKState == 1 }
  /// Number of its EDNS fields, as of a response; nil without EDNS.
  package var edns: UInt32? { ednsNumber == .max ? nil : ednsNumber }

  /// From the parts.
  init(
    number: UInt32, question: (spelled: UInt32, folded: UInt32)?, dnssecOK: Bool?, edns: UInt32?,
    isTransfer: Bool, wantsAD: Bool
  ) {
    (self.number, self.isTransfer, self.wantsAD) = (number, isTransfer, wantsAD)
    (questionNumber, foldedQuestionNumber) = (question?.spelled ?? .max, question?.folded ?? .max)
    (ednsNumber, dnssecOKState) = (edns ?? .max, dnssecOK.map { $0 ? 1 : 0 } ?? 2)
  }
}

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
  private var questions: ByteStringStore, edns = ByteStringStore(), optionFacts: [OptionFacts] = []
  private var contents = WordLists(), essences = WordLists(), reader = AnswerReader()
  private var scratch: [UInt8] = [], data: [UInt32] = []

  /// Bodies and queries kept to recognise repetitions, at 36 and 52 bytes each: 18 and 13 MiB. A busy resolver's hour
  /// has 100,000 of each. Beyond it, or for bodies that never repeat, a message costs the walk over its records and
  /// nothing else changes.
  package static let keptBodies = 1 << 19, keptQueries = 1 << 18

  /// An empty store.
  /// - Parameter storage: what keeps the bytes that are seldom read; without any they stay in memory.
  package init(storage: (any BlockStorage)? = nil) {
    (rrsets, questions) = (RRsetStore(storage: storage), ByteStringStore(storage: storage))
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
    (contents, essences, reader) = (WordLists(), WordLists(), AnswerReader())
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
    let parts = questions.byteCount + edns.byteCount + contents.byteCount + essences.byteCount
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
        question = intern(first, message)
        isTransfer = first.isTransfer
      }
      while let record = try cursor.nextRecord() {
        if record.type == .opt, record.section == .additional {
          dnssecOK = record.ttl & 0x8000 != 0
          ednsNumber = intern(record, message)
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
  package mutating func knownQuestion(_ message: MessageView) -> UInt32? {
    var cursor = message.makeCursor()
    guard let question = try? cursor.nextQuestion() else { return nil }
    scratch.removeAll(keepingCapacity: true)
    let name = message.name(at: question.nameOffset)
    guard (try? name.appendWire(to: &scratch, lowercase: true)) != nil else { return nil }
    append16(question.type.rawValue)
    append16(question.recordClass.rawValue)
    return questions.find(scratch)
  }

  /// The question of a number: QNAME, QTYPE and QCLASS.
  package func question(_ number: UInt32) -> (name: Name, type: RecordType, recordClass: RecordClass) {
    let bytes = questions.bytes(number), end = bytes.count - 4
    return (
      Name(stored: bytes.extracting(..<end)), RecordType(rawValue: bytes.uint16(at: end)),
      RecordClass(rawValue: bytes.uint16(at: end + 2))
    )
  }

  /// The question of a number as on the wire: QNAME, QTYPE and QCLASS.
  @_lifetime(borrow self)
  package func questionWire(_ number: UInt32) -> Span<UInt8> { questions.bytes(number) }

  /// QTYPE of every question by its number, for passes over all bodies: asking for one copies the store in other modules.
  package var questionTypes: [RecordType] {
    (0..<questions.count).map { number in
      let bytes = questions.bytes(UInt32(truncatingIfNeeded: number)), at = bytes.count - 4
      return RecordType(rawValue: UInt16(bytes[at]) << 8 | UInt16(bytes[at + 1]))
    }
  }

  /// The UDP size of every OPT record by its number, octets.
  package var udpSizes: [UInt16] { optionFacts.map(\.udpSize) }

  /// Whether the OPT record of a number has options, whole or not: octets behind class and TTL.
  package func hasOptions(_ edns: UInt32) -> Bool { self.edns.bytes(edns).count > 6 }

  /// Whether the OPT record of a number has a client cookie (RFC 7873 §4).
  package func hasClientCookie(_ edns: UInt32) -> Bool { optionFacts[Int(edns)].hasCookie }

  /// The client cookie in the OPT record of a query, and that of a response, nil without one; nil when the query has none.
  /// (Mutating, because what is not copies the store in the module that asks for every response.)
  package mutating func clientCookies(query edns: UInt32, response id: BodyID) -> (
    sent: UInt64, received: UInt64?
  )? {
    guard optionFacts[Int(edns)].hasCookie else { return nil }
    let sent = optionFacts[Int(edns)].clientCookie
    guard let answer = bodies[Int(id.rawValue)].edns, optionFacts[Int(answer)].hasCookie else {
      return (sent, nil)
    }
    return (sent, optionFacts[Int(answer)].clientCookie)
  }

  /// The client subnet in the OPT record of a number, as one number; 0 without one (RFC 7871).
  package func subnet(_ edns: UInt32) -> UInt32 { optionFacts[Int(edns)].subnet }

  /// The UDP size in the OPT record of a number, octets.
  package func udpSize(_ edns: UInt32) -> UInt16 { optionFacts[Int(edns)].udpSize }

  /// The OPT record of a number: class, TTL and RDATA, as on the wire.
  package func opt(_ number: UInt32) -> [UInt8] { edns.copy(number) }

  /// Decodes a response.
  private mutating func read(_ message: MessageView) -> ResponseBody {
    var cursor = message.makeCursor()
    var question: (spelled: UInt32, folded: UInt32)?, questionFault: DecodingError?, isTransfer = false
    do throws(DecodingError) {
      if let first = try cursor.nextQuestion() {
        question = intern(first, message)
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
    let edns = opt.map { (number: intern($0, message), dnssecOK: $0.ttl & 0x8000 != 0) }
    var signatureCount = 0
    for position in rrsets.indices { signatureCount &+= rrsets.signatureCount(position) }
    return ResponseBody(
      flags: message.header.flags, rcode: rcode, question: question, answer: answer,
      content: content(rcode, rrsets),
      essence: essence(message.header.flags, rcode, question?.folded, answer, edns?.dnssecOK, isMalformed),
      edns: edns,
      signatureCount: signatureCount, isMalformed: isMalformed,
      isTransfer: isTransfer)
  }

  /// Numbers what a judgement depends on.
  private mutating func essence(
    _ flags: HeaderFlags, _ rcode: ResponseCode, _ question: UInt32?, _ answer: AnswerID, _ dnssecOK: Bool?,
    _ isMalformed: Bool
  ) -> UInt32 {
    data.removeAll(keepingCapacity: true)
    data.append(UInt32(flags.rawValue) &<< 16 | UInt32(rcode.rawValue))
    data.append(question ?? .max)
    data.append(answer.rawValue)
    data.append((dnssecOK == nil ? 0 : dnssecOK == true ? 2 : 1) | (isMalformed ? 4 : 0))
    return essences.intern(data)
  }

  /// Numbers a question, as spelled and with its letters folded.
  private mutating func intern(_ question: QuestionHeader, _ message: MessageView) -> (
    spelled: UInt32, folded: UInt32
  )? {
    scratch.removeAll(keepingCapacity: true)
    let name = message.name(at: question.nameOffset)
    guard (try? name.appendWire(to: &scratch, lowercase: false)) != nil else { return nil }
    let end = scratch.count
    append16(question.type.rawValue)
    append16(question.recordClass.rawValue)
    let spelled = questions.intern(scratch)
    var hasUpperCase = false
    for i in 0..<end {
      let letter = lowercased(scratch[i])
      if letter != scratch[i] { (hasUpperCase, scratch[i]) = (true, letter) }
    }
    return (spelled, hasUpperCase ? questions.intern(scratch) : spelled)
  }

  /// Numbers an OPT record.
  private mutating func intern(_ opt: RecordHeader, _ message: MessageView) -> UInt32 {
    scratch.removeAll(keepingCapacity: true)
    append16(opt.recordClass.rawValue)
    append16(UInt16(opt.ttl >> 16))
    append16(UInt16(opt.ttl & 0xffff))
    for i in opt.rdataOffset..<(opt.rdataOffset + opt.rdataLength) { scratch.append(message.bytes[i]) }
    let number = edns.intern(scratch)
    if Int(number) == optionFacts.count { optionFacts.append(OptionFacts(opt: scratch)) }
    return number
  }

  /// Numbers the data of an answer.
  private mutating func content(_ rcode: ResponseCode, _ rrsets: AnswerRRsets) -> UInt32 {
    data.removeAll(keepingCapacity: true)
    data.append(UInt32(rcode.rawValue))
    for position in rrsets.indices
    where rrsets.section(position) == .answer && rrsets.type(position) != .rrsig {
      data.append(rrsets.id(position).rawValue)
    }
    if data.count == 1 {
      for position in rrsets.indices
      where rrsets.section(position) == .authority && rrsets.type(position) == .ns {
        data.append(rrsets.id(position).rawValue)
      }
    }
    if data.count > 2 { data[1...].sort() }
    return contents.intern(data)
  }

  /// Appends sixteen bits to the scratch bytes, network order.
  private mutating func append16(_ value: UInt16) {
    scratch.append(UInt8(value >> 8))
    scratch.append(UInt8(value & 255))
  }
}
