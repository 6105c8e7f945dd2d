import Bytes
@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// Shows a validator messages as a capture would, and asks it for words.
struct Judging {
  /// One response and how it came.
  struct Shown {
    /// The message.
    var bytes: [UInt8]
    /// Seconds since 1970, and the server's number.
    var time: Int64, server: UInt32 = 1
    /// DO of the query; nil when the query was not seen.
    var queryDO: Bool? = true
    /// Whether a host would have taken the packet, and whether all of it is there.
    var isIntact = true, isWhole = true
  }

  /// What was decided of the responses, in their order.
  let judgements: [ResponseJudgement]
  /// The answers as read.
  let answers: [Answer]
  /// The chains at the end.
  let zones: [ZoneReport]
  /// What holds the RRsets.
  let store: ResponseStore
  /// The validator after it has judged.
  let validator: Validator

  /// Judges everything with anchors in zone-file form.
  init(
    _ shown: [Shown], anchors: String, limits: ValidationLimits = ValidationLimits(),
    policy: ValidationPolicy = ValidationPolicy()
  ) throws {
    try self.init(
      shown, anchors: try AnchorFile.parse(anchors, source: "test"), limits: limits, policy: policy)
  }

  /// Judges everything.
  init(
    _ shown: [Shown], anchors: [TrustAnchor], limits: ValidationLimits = ValidationLimits(),
    policy: ValidationPolicy = ValidationPolicy()
  ) throws {
    try self.init(shown, trustPoints: TrustPoint.points(of: anchors), limits: limits, policy: policy)
  }

  /// Judges everything with what earlier runs left of trust points.
  init(
    _ shown: [Shown], trustPoints: [TrustPoint], limits: ValidationLimits = ValidationLimits(),
    policy: ValidationPolicy = ValidationPolicy()
  ) throws {
    var store = ResponseStore(), taken: [(facts: ResponseFacts, answer: Answer)] = []
    for item in shown {
      let body = store.intern(try MessageView(item.bytes.span)).body
      taken.append((Judging.facts(item, body, store), store.answers.answer(body.answer)))
    }
    let validator = Validator(trustPoints: trustPoints, limits: limits, policy: policy)
    for item in taken {
      validator.learn(item.answer, isEvidence: item.facts.isIntact, store: store.rrsets)
    }
    for (frame, item) in taken.enumerated() {
      validator.note(item.facts, item.answer, frame: frame + 1, store: store.rrsets)
    }
    validator.verify(taken.map(\.answer), store: store.rrsets, workers: 1)
    judgements = taken.map { validator.judge($0.facts, $0.answer).0 }
    answers = taken.map(\.answer)
    let times = shown.map(\.time)
    zones = validator.zones(from: times.min() ?? 0, to: times.max() ?? 0, store: store.rrsets)
    (self.store, self.validator) = (store, validator)
  }

  /// What a judgement needs to know of a response.
  private static func facts(_ item: Shown, _ body: ResponseBody, _ store: ResponseStore) -> ResponseFacts {
    let question = body.foldedQuestion.map { store.questions[$0] }
    return ResponseFacts(
      question: question.map { CanonicalQuestion(name: $0.name, type: $0.type, recordClass: $0.recordClass) },
      flags: body.flags, rcode: body.rcode, dnssecOK: item.queryDO ?? body.dnssecOK,
      hasEDNS: body.edns != nil, isComplete: !body.flags.tc && item.isWhole && !body.isMalformed,
      isIntact: item.isIntact, time: item.time, server: item.server)
  }

  /// The verdict on a response.
  func verdict(_ index: Int) -> Verdict { judgements[index].verdict }

  /// The verdict on the last response, which tests are mostly about.
  var last: Verdict { judgements[judgements.count - 1].verdict }

  /// The words of the last response's RRsets of a type.
  func rrsets(_ type: RecordType) -> [RRsetJudgement] {
    zip(answers[answers.count - 1].rrsets, judgements[judgements.count - 1].rrsets)
      .filter { $0.0.type == type }.map(\.1)
  }
}

extension Verdict: CustomTestStringConvertible {
  /// Word, code and sentence.
  public var testDescription: String { "\(security.word) \(ede.map(String.init) ?? "-"): \(reason)" }
}
