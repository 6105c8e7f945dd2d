import Bytes
import DNSSEC
import DNSWire
import Transactions
import Findings

/// A part of a run with every response judged: all of an audit of files, or what a live run has kept since it let go of
/// older messages.
struct JudgedPart {
  /// What was collected, and who judged it.
  let collector: MessageCollector, validator: Validator
  private let pass: JudgementPass, events: ResponseEvents
  /// What is learned of the responses without the words on them.
  private let survey: Background<Survey>
  /// Cores to use.
  private let workers: Int

  /// Verifies and judges what was collected.
  /// - Parameters:
  ///   - trustPoints: as the parts before left them.
  ///   - signatures: those that were verified before, when this collector held less.
  ///   - early: what was verified while this was collected.
  init(
    _ collector: MessageCollector, _ configuration: AuditConfiguration, trustPoints: [TrustPoint],
    signatures: VerifiedSignatures? = nil, early: EarlyVerification? = nil
  ) {
    let validator = Validator(
      trustPoints: trustPoints, limits: configuration.limits, policy: configuration.policy,
      signatures: signatures, method: configuration.method, early: early,
      memory: configuration.signatureCache?.memory)
    var pass = JudgementPass(collector, at: configuration.at)
    pass.teach(validator, collector, workers: configuration.jobs)
    // What signatures are made of was read for the last time.
    collector.store.letGo()
    let survey = JudgedPart.survey(collector, configuration)
    pass.run(validator, collector)
    self.init(collector, configuration, validator, pass, survey)
  }

  /// What was collected, with the pass that judged it by a validator.
  /// - Parameter survey: what was begun to be learned meanwhile.
  init(
    _ collector: MessageCollector, _ configuration: AuditConfiguration, _ validator: Validator,
    _ pass: JudgementPass, _ survey: Background<Survey>? = nil
  ) {
    (self.collector, self.validator, self.pass) = (collector, validator, pass)
    workers = configuration.jobs
    self.survey = survey ?? JudgedPart.survey(collector, configuration)
    events = ResponseEvents(
      collector: collector, pass: pass, validator: validator, severalFiles: configuration.inputs.count > 1)
  }

  /// Begins to learn of the responses what asks for no word on them.
  private static func survey(_ collector: MessageCollector, _ configuration: AuditConfiguration)
    -> Background<Survey>
  {
    Background(workers: configuration.jobs) { Survey(Traffic(collector)) }
  }

  /// The responses to be told.
  var told: JudgedResponses {
    JudgedResponses(
      records: collector.records, range: collector.responses, addresses: collector.addresses,
      store: collector.store,
      numbers: pass.numbers, judgements: pass.judgements, fragmentFrames: collector.fragmentFrames,
      inputs: collector.inputs, source: events)
  }

  /// What would fail at the client of a bogus response if the resolver that sent it validated; nil for other responses.
  func breaking(_ index: Int) -> BreakingAnswer? { events.breaking(index) }

  /// The word on a response.
  func word(_ index: Int) -> SecurityStatus { pass.word(index) }

  /// Shows the responses to the rules.
  func show(to rules: inout FindingCollector) {
    let investigated = investigated
    showEach(to: &rules)
    if let found = investigated.take() { rules.receive(found) }
  }

  /// Shows the rules each response for itself.
  private func showEach(to rules: inout FindingCollector) {
    let records = collector.records, addresses = collector.addresses, severalFiles = events.severalFiles
    let numbers = pass.numbers
    for index in records.pass(over: collector.responses) {
      let kind = Int(numbers[index])
      switch rules.interest(in: kind) {
      case .none: continue
      case .new:
        if pass.concernsRules(index) { rules.receive(events.judged(index)) } else { rules.passOver(kind) }
      case .takesMore:
        let record = records[index]
        rules.receiveAgain(
          JudgedPacket(
            kind: kind, file: severalFiles ? collector.inputs.file(of: index) : nil, frame: Int(record.frame),
            time: Timestamp(nanoseconds: record.time), client: addresses[record.destination],
            clientNumber: record.destination))
      }
    }
  }

  /// Begins to look at more than one response at once.
  private var investigated: Background<Investigated> {
    let (collector, pass, survey, proofs) = (collector, pass, survey, events.proofs)
    return Background(workers: workers) {
      let survey = survey.take() ?? Survey(Traffic(collector))
      collector.store.letGo()
      return Investigated(JudgedPart.caseFile(collector, pass, survey, proofs))
    }
  }

  /// All that was seen, for the rules that look at more than one response.
  private static func caseFile(
    _ collector: MessageCollector, _ pass: JudgementPass, _ survey: Survey, _ proofs: CaseProofs
  ) -> CaseFile {
    CaseFile(
      survey, conflicts: collector.conflicts, fragmentFrames: collector.fragmentFrames, numbers: pass.numbers,
      judgements: pass.judgements, sprays: collector.sprays.sprays, study: collector.study,
      witness: collector.witness, quality: collector.quality, severalFiles: proofs.severalFiles,
      inputs: collector.inputs, proofs: proofs)
  }
}

extension Traffic {
  /// The responses of a collector, but for those that were taken over from the part before.
  convenience init(_ collector: MessageCollector) {
    self.init(
      records: collector.records, responses: collector.responses, addresses: collector.addresses,
      store: collector.store)
  }
}
