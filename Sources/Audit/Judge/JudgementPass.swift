import Bytes
import DNSSEC
import DNSWire

/// The second phase: with all evidence in the store, gives every response its word at its own time.
struct JudgementPass {
  /// What a judgement depends on besides time.
  private struct Key: Hashable {
    let body: UInt32, server: UInt32, traits: ResponseTraits
  }

  /// The judgements, each once.
  private(set) var judgements: [ResponseJudgement] = []
  /// For every record, the number of its judgement.
  private(set) var numbers: [UInt32] = []
  /// For every RRset, the first frame of a response in which it is secure.
  private(set) var secureFrames: [RRsetID: UInt32] = [:]
  private var known: [Key: [(span: ClosedRange<Int64>, number: UInt32)]] = [:]
  private let at: Timestamp?, questions: QuestionCache

  /// A pass over what a store holds.
  init(_ store: ResponseStore, at: Timestamp?) { (questions, self.at) = (QuestionCache(store), at) }

  /// The judgement of a record.
  func judgement(_ index: Int) -> ResponseJudgement { judgements[Int(numbers[index])] }

  /// The question of a number.
  func question(_ number: UInt32) -> CanonicalQuestion { questions.question(number) }

  /// Shows the validator all that was collected, and has it verify the signatures.
  static func teach(_ validator: Validator, _ collector: MessageCollector, at: Timestamp?, workers: Int) {
    let answers = collector.store.answers
    let distinct = (0..<answers.count).map { answers.answer(AnswerID(rawValue: UInt32($0))) }
    let rrsets = collector.store.rrsets
    let questions = QuestionCache(collector.store)
    var isEvidence = Array(repeating: false, count: distinct.count)
    for record in collector.records where !record.traits.contains(.damaged) {
      isEvidence[Int(collector.store.body(BodyID(rawValue: record.body)).answer.rawValue)] = true
    }
    for (answer, evidence) in zip(distinct, isEvidence) {
      validator.learn(answer, isEvidence: evidence, store: rrsets)
    }
    for record in collector.records {
      let body = collector.store.body(BodyID(rawValue: record.body))
      let facts = JudgementPass.facts(record, body, questions, at: at)
      validator.note(facts, distinct[Int(body.answer.rawValue)], frame: Int(record.frame), store: rrsets)
    }
    validator.verify(distinct, store: rrsets, workers: workers)
  }

  /// Judges every record.
  mutating func run(_ validator: Validator, _ collector: MessageCollector) {
    let answers = collector.store.answers
    numbers.reserveCapacity(collector.records.count)
    for record in collector.records {
      let body = collector.store.body(BodyID(rawValue: record.body))
      let time = at?.seconds ?? Timestamp(nanoseconds: record.time).seconds
      let key = Key(
        body: record.body, server: record.source,
        traits: record.traits.intersection([.cut, .damaged, .querySeen, .queryDO]))
      if let hit = known[key]?.first(where: { $0.span.contains(time) }) {
        numbers.append(hit.number)
        continue
      }
      let facts = JudgementPass.facts(record, body, questions, at: at)
      let answer = answers.answer(body.answer)
      let (judgement, span) = validator.judge(facts, answer)
      let number = UInt32(truncatingIfNeeded: judgements.count)
      judgements.append(judgement)
      numbers.append(number)
      known[key, default: []].append((span, number))
      noteSecure(answer, judgement, frame: record.frame)
    }
  }

  /// Remembers where an RRset of an answer section was secure first.
  private mutating func noteSecure(_ answer: Answer, _ judgement: ResponseJudgement, frame: UInt32) {
    guard judgement.verdict.security == .secure else { return }
    for (rrset, word) in zip(answer.rrsets, judgement.rrsets)
    where rrset.section == .answer && word.verdict.security == .secure && secureFrames[rrset.rrset] == nil {
      secureFrames[rrset.rrset] = frame
    }
  }

  /// The frame that corroborates an answer which carries no proof of its own: one where the same data are secure.
  func corroboration(_ answer: Answer, _ judgement: ResponseJudgement) -> Int? {
    guard judgement.verdict.security != .secure else { return nil }
    let data = answer.rrsets.filter { $0.section == .answer && $0.type != .rrsig }
    guard !data.isEmpty else { return nil }
    var frame: UInt32?
    for rrset in data {
      guard let secure = secureFrames[rrset.rrset] else { return nil }
      frame = frame ?? secure
    }
    return frame.map { Int($0) }
  }

  /// What the validator needs to know of a record.
  static func facts(
    _ record: ResponseRecord, _ body: ResponseBody, _ questions: QuestionCache, at: Timestamp?
  ) -> ResponseFacts {
    let dnssecOK = record.traits.contains(.querySeen) ? record.traits.contains(.queryDO) : body.dnssecOK
    return ResponseFacts(
      question: body.foldedQuestion.map { questions.question($0) }, flags: body.flags, rcode: body.rcode,
      dnssecOK: dnssecOK, hasEDNS: body.edns != nil, isComplete: !body.flags.tc && !record.traits.contains(.cut) && body.fault == nil,
      isIntact: !record.traits.contains(.damaged),
      time: (at ?? Timestamp(nanoseconds: record.time)).seconds, server: record.source)
  }
}

/// Questions as the validator takes them, each made once.
final class QuestionCache {
  private let store: ResponseStore
  private var questions: [UInt32: CanonicalQuestion] = [:]

  /// A cache over the questions of a store.
  init(_ store: ResponseStore) { self.store = store }

  /// The question of a number.
  func question(_ number: UInt32) -> CanonicalQuestion {
    if let known = questions[number] { return known }
    let (name, type, recordClass) = store.question(number)
    let question = CanonicalQuestion(name: name, type: type, recordClass: recordClass)
    questions[number] = question
    return question
  }
}
