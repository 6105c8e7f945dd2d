import Bytes
import DNSSEC
import DNSWire
import Findings
import Packets

/// Makes events of judged responses.
struct ResponseEvents: ResponseSource {
  let collector: MessageCollector, pass: JudgementPass
  /// Who knows the keys behind the signatures.
  let validator: Validator
  /// Whether there are several inputs, so that an event names its own.
  let severalFiles: Bool
  /// Compares answers without proof with proven ones.
  let proofs: CaseProofs

  /// Of the responses of one part.
  init(
    collector: MessageCollector, pass: JudgementPass, validator: Validator, severalFiles: Bool
  ) {
    (self.collector, self.pass, self.validator) = (collector, pass, validator)
    self.severalFiles = severalFiles
    proofs = CaseProofs(collector, pass, severalFiles: severalFiles)
  }

  /// The event of one record.
  func event(_ index: Int) -> ResponseEvent {
    let record = collector.records[index], body = collector.store.body(BodyID(rawValue: record.body))
    let answer = collector.store.answers.answer(body.answer), judgement = pass.judgement(index)
    let edns = body.edns.map { EDNSFields(opt: collector.store.edns[$0]) }
    let flow = Flow(
      source: collector.addresses[record.source], sourcePort: record.sourcePort,
      destination: collector.addresses[record.destination], destinationPort: record.destinationPort,
      transport: record.traits.transport)
    return ResponseEvent(
      file: file(index), frame: Int(record.frame),
      frames: collector.fragmentFrames[index] ?? [], time: Timestamp(nanoseconds: record.time), flow: flow,
      id: record.id, flags: body.flags, rcode: body.rcode, question: body.question.map(question),
      edns: edns,
      dnssecOK: record.traits.contains(.querySeen) ? record.traits.contains(.queryDO) : body.dnssecOK,
      serverEDE: edns?.extendedErrors ?? [], verdict: judgement.verdict,
      signed: answer.rrsets.contains {
        $0.section == .answer && ($0.type == .rrsig || !$0.signatures.isEmpty)
      },
      corroborated: corroborated(index),
      transaction: record.transaction,
      queryFrame: record.queryFrame == 0 ? nil : Int(record.queryFrame),
      queryFile: collector.inputs.queryFile(of: index),
      rttMicroseconds: record.rttMicroseconds == .max ? nil : Int64(record.rttMicroseconds),
      rrsets: zip(answer.rrsets, judgement.rrsets).map { entry($0, $1) })
  }

  /// The input of a record, when there are several.
  func file(_ index: Int) -> Int? { severalFiles ? collector.inputs.file(of: index) : nil }

  /// The frame in which the data of a record are secure.
  func corroborated(_ index: Int) -> Int? {
    proofs.corroboration(index).map { Int(collector.records[$0].frame) }
  }

  /// The weak classes of an RRSIG that verifies over an RRset, and of its key.
  func weakClasses(of signature: SignatureID, over rrset: RRsetID) -> WeakClasses {
    validator.weakClasses(of: signature, over: rrset)
  }

  /// The question as spelled.
  private func question(_ number: UInt32) -> Question {
    let (name, type, recordClass) = collector.store.questions[number]
    return Question(name: name, type: type, recordClass: recordClass)
  }

  /// An RRset with its word.
  private func entry(_ rrset: AnswerRRset, _ judgement: RRsetJudgement) -> RRsetEntry {
    let store = collector.store.rrsets
    let signatures = zip(rrset.signatures, judgement.signatures).map { id, status in
      SignatureEntry(
        try? RRSIGData(store.signature(id)), status, weakClasses(of: id, over: rrset.rrset))
    }
    return RRsetEntry(
      section: rrset.section, name: store.owner(of: rrset.rrset), type: rrset.type, ttl: rrset.ttl,
      count: Int(rrset.recordCount), verdict: judgement.verdict, signatures: signatures)
  }

  /// What rules see of a record.
  func judged(_ index: Int) -> JudgedResponse {
    let record = collector.records[index], body = collector.store.body(BodyID(rawValue: record.body))
    var response = JudgedResponse(
      file: severalFiles ? collector.inputs.file(of: index) : nil, frame: Int(record.frame),
      time: Timestamp(nanoseconds: record.time),
      server: collector.addresses[record.source],
      client: collector.addresses[record.destination],
      question: body.foldedQuestion.map { pass.question($0) },
      rcode: body.rcode, kind: Int(pass.numbers[index]), judgement: pass.judgement(index),
      conflict: record.isConflicting ? collector.conflicts[index] : nil, isIntact: !record.isDamaged)
    (response.flags, response.wantsAD) = (body.flags, record.traits.contains(.wantsAD))
    response.serverSigns = pass.signingServers.contains(record.source)
    response.serverEDE = proofs.errorCodes(body)
    response.contradiction = proofs.contradiction(index)
    if body.rcode == .servFail { response.secureFrame = secureFrame(index) }
    return response
  }

  /// The frame of a secure answer in force to the question of a record.
  private func secureFrame(_ index: Int) -> Int? {
    proofs.secureAnswer(index).map { Int(collector.records[$0].frame) }
  }

  /// What would fail at the client of a record's response if the resolver that sent it validated. With CD the client
  /// validates by itself (RFC 4035 §3.2.2), and a server without RA is no resolver.
  func breaking(_ index: Int) -> BreakingAnswer? {
    let record = collector.records[index], body = collector.store.body(BodyID(rawValue: record.body))
    guard body.flags.ra, !body.flags.cd, let question = body.foldedQuestion else { return nil }
    return BreakingAnswer(
      question: pass.question(question), client: collector.addresses[record.destination],
      frame: Int(record.frame),
      file: severalFiles ? collector.inputs.file(of: index) : nil, verdict: pass.judgement(index).verdict,
      secureFrame: secureFrame(index))
  }
}
