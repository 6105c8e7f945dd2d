import Bytes
import DNSSEC
import DNSWire
import Transactions
import Findings

/// The second phase: with all evidence in the store, gives every response its word at its own time.
struct JudgementPass: Sendable {
  /// The judgements, each once, and their words, which most readers look at first.
  private(set) var judgements: [ResponseJudgement] = [], words: [SecurityStatus] = []
  /// For every record the number of its case while responses are shown to the validator, then of its judgement.
  private(set) var numbers: [UInt32]
  /// For every judgement, whether its responses concern the rules.
  private var concerns: [Bool] = []
  /// What is proven, and where.
  private(set) var secure = SecureData()
  /// The numbers of the servers of which any response held an RRSIG.
  private(set) var signingServers: Set<UInt32> = []
  /// For every case the judgement that was used last and the span that it holds for.
  private var recent: [Recent] = [], spans = Spans()
  /// All judgements of the cases that have several: few do in any capture, but for one that runs through many days.
  private var earlier: [UInt32: [Recent]] = [:]
  /// Judgements of one case that are kept besides the last.
  private static let earlierLimit = 16
  /// Responses, or answers, after which the memory of what was read for them is given back: what is new in the next ones
  /// stands elsewhere.
  private static let letGoInterval = 1 << 14
  private let at: Timestamp?, source: FactSource
  private var cases: [ResponseCases.Case]

  /// A judgement of a case, and the number of the span that it holds for: eight bytes, since every response of a capture
  /// looks at that of its case.
  private struct Recent {
    var span: UInt32, number: UInt32

    /// In place of one where nothing was judged.
    static let none = Recent(span: 0, number: 0)
    /// Whether nothing was judged.
    var isEmpty: Bool { span == 0 }
  }

  /// A pass over what was collected.
  init(_ collector: MessageCollector, at: Timestamp?) {
    (source, self.at) = (FactSource(collector.store), at)
    let found = ResponseCases(collector)
    (cases, numbers) = (found.cases, found.numbers)
  }

  /// The judgement of a record.
  func judgement(_ index: Int) -> ResponseJudgement { judgements[Int(numbers[index])] }

  /// The word on a record.
  func word(_ index: Int) -> SecurityStatus { words[Int(numbers[index])] }

  /// Whether the responses with a record's judgement concern the rules.
  func concernsRules(_ index: Int) -> Bool { concerns[Int(numbers[index])] }

  /// The time that a record is judged at, seconds since 1970.
  func second(of index: Int, _ collector: MessageCollector) -> Int64 {
    at?.seconds ?? Timestamp(nanoseconds: collector.records[index].time).seconds
  }

  /// The question of a number.
  func question(_ number: UInt32) -> CanonicalQuestion { source.question(number) }

  /// Shows the validator all that was collected, and has it verify the signatures.
  func teach(_ validator: Validator, _ collector: MessageCollector, workers: Int) {
    let answers = show(validator, collector)
    validator.verify(answers, store: collector.store.rrsets, workers: workers)
  }

  /// Shows the validator all that was collected.
  /// - Returns: the distinct answers, whose signatures are then to be verified.
  func show(_ validator: Validator, _ collector: MessageCollector) -> [Answer] {
    let rrsets = collector.store.rrsets, answers = collector.store.answers.all
    var isEvidence = Array(repeating: false, count: answers.count)
    for item in cases where !item.traits.contains(.damaged) {
      isEvidence[Int(collector.store.body(item.body).answer.rawValue)] = true
    }
    for (index, answer) in answers.enumerated() {
      if index % JudgementPass.letGoInterval == 0 { rrsets.letGo() }
      validator.learn(answer, isEvidence: isEvidence[index], store: rrsets)
    }
    noteEvidence(validator, collector, answers)
    return answers
  }

  /// Notes every case once; those that hold links of a chain once for each second in which they were seen.
  private func noteEvidence(_ validator: Validator, _ collector: MessageCollector, _ answers: [Answer]) {
    var recurring = RecurringCases(count: cases.count)
    let records = collector.records, source = source, rrsets = source.store.rrsets
    for index in records.pass() {
      let number = Int(numbers[index])
      guard recurring.mayMatter(number) else { continue }
      let second = at?.seconds ?? Timestamp(nanoseconds: records.time(index)).seconds
      guard recurring.isNew(number, at: second), !recurring.note(number, at: second) else { continue }
      let record = records[index], body = source.store.body(BodyID(rawValue: record.body))
      let facts = source.facts(cases[number], body, second), answer = answers[Int(body.answer.rawValue)]
      recurring.keep(
        validator.note(facts, answer, frame: Int(record.frame), store: rrsets), of: number)
    }
  }

  /// Judges every record.
  mutating func run(_ validator: Validator, _ collector: MessageCollector) {
    let records = collector.records
    recent = Array(repeating: .none, count: cases.count)
    for index in records.pass() {
      if index % JudgementPass.letGoInterval == 0 { source.store.letGo() }
      let number = numbers[index], time = at?.seconds ?? Timestamp(nanoseconds: records.time(index)).seconds
      if !spans.holds(recent[Int(number)].span, time) {
        if !earlier.isEmpty, let hit = earlier[number]?.first(where: { spans.holds($0.span, time) }) {
          recent[Int(number)] = hit
        } else {
          judge(index, records[index], at: time, validator)
        }
      }
      numbers[index] = recent[Int(number)].number
    }
    (recent, spans, earlier, cases) = ([], Spans(), [:], [])
    validator.endJudging()
  }

  /// Judges a record, whose case has no judgement at this time yet.
  private mutating func judge(_ index: Int, _ record: ResponseRecord, at time: Int64, _ validator: Validator)
  {
    let source = source
    let number = numbers[index], body = source.store.body(BodyID(rawValue: record.body))
    let answer = source.store.answers.answer(body.answer)
    let (judged, span) = validator.judge(source.facts(cases[Int(number)], body, time), answer)
    // Containers that note no times write zero: what is said then holds for nothing else.
    let isTimeless = at == nil && time == 0, judgement = isTimeless ? judged.withoutTime : judged
    let new = Recent(
      span: spans.number(of: isTimeless ? 0...0 : span), number: UInt32(truncatingIfNeeded: judgements.count))
    keepEarlier(new, number)
    recent[Int(number)] = new
    judgements.append(judgement)
    words.append(judgement.verdict.security)
    let wantsAD = record.traits.contains(.wantsAD)
    concerns.append(FindingCollector.concerns(judgement, body.flags, wantsAD: wantsAD))
    secure.note(index, body, answer, judgement)
    if answer.rrsets.hasSignatures { signingServers.insert(record.source) }
  }

  /// Keeps a judgement for when its time comes again; time runs forward in captures, so that a few are enough.
  private mutating func keepEarlier(_ judgement: Recent, _ number: UInt32) {
    // The first judgement of a case stands in `recent` alone until there is a second.
    let last = recent[Int(number)]
    guard !last.isEmpty else { return }
    if earlier[number]?.count ?? 1 < JudgementPass.earlierLimit {
      earlier[number, default: [last]].append(judgement)
    }
  }
}

/// What is to know of responses besides their RRsets. A reference: copying a store copies a reference for each table.
final class FactSource: Sendable {
  /// What the responses say.
  let store: ResponseStore

  /// Of a store that grows no more.
  init(_ store: ResponseStore) { self.store = store }

  /// The question of a number.
  func question(_ number: UInt32) -> CanonicalQuestion {
    let (name, type, recordClass) = store.questions[number]
    return CanonicalQuestion(folded: name, type: type, recordClass: recordClass)
  }

  /// What the validator needs to know of a response.
  func facts(_ item: ResponseCases.Case, _ body: ResponseBody, _ time: Int64) -> ResponseFacts {
    ResponseFacts(
      question: body.foldedQuestion.map { question($0) }, flags: body.flags, rcode: body.rcode,
      dnssecOK: item.traits.contains(.querySeen) ? item.traits.contains(.queryDO) : body.dnssecOK,
      hasEDNS: body.edns != nil,
      isComplete: !body.flags.tc && !item.traits.contains(.cut) && !body.isMalformed,
      isIntact: !item.traits.contains(.damaged), time: time, server: item.server)
  }
}
