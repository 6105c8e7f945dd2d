import Bytes
import DNSSEC
import DNSWire
import Packets
import Transactions

/// All that investigators look at: the responses of a part of a run with their words, and what was seen beside them.
package final class CaseFile {
  /// The responses in frame order, which of them belong to this part, and what the numbers in them stand for.
  package let records: RecordStore, responses: Range<Int>, addresses: AddressBook, store: ResponseStore
  /// The transaction in which a response stands against other data.
  package let conflicts: [Int: Int]
  /// All the packets of responses that came in several.
  package let fragmentFrames: [Int: [PacketID]]
  /// For every response the number of its judgement, and the judgements.
  package let numbers: [UInt32], judgements: [ResponseJudgement]
  /// Answers without a query of their own.
  package let sprays: [Spray]
  /// What the queries say of those who ask.
  package let study: TrafficStudy
  /// What is no DNS message but matters.
  package let witness: PacketWitness
  /// What limits conclusions from what is not here.
  package let quality: CaptureQuality
  /// Whether there are several inputs, and which of them responses came from.
  package let severalFiles: Bool
  private let inputs: RecordInputs
  private let proofs: any ProofSource
  /// What is learned of all responses, whatever the words on them.
  let survey: Survey
  private let bodies: [ResponseBody]
  /// What passes ask of each body, by its number, and the words, by the number of the judgement.
  let facts: [BodyFacts], words: [SecurityStatus]
  private var questions: [UInt32: CanonicalQuestion] = [:]

  /// From the fields.
  package init(
    _ survey: Survey, conflicts: [Int: Int], fragmentFrames: [Int: [PacketID]], numbers: [UInt32],
    judgements: [ResponseJudgement], sprays: [Spray], study: TrafficStudy, witness: PacketWitness,
    quality: CaptureQuality, severalFiles: Bool, inputs: RecordInputs, proofs: any ProofSource
  ) {
    let traffic = survey.traffic
    self.survey = survey
    (records, responses) = (traffic.records, traffic.responses)
    (addresses, store) = (traffic.addresses, traffic.store)
    (self.conflicts, self.fragmentFrames, self.numbers) = (conflicts, fragmentFrames, numbers)
    (self.judgements, self.sprays, self.study, self.witness) = (judgements, sprays, study, witness)
    (self.quality, self.severalFiles, self.inputs) = (quality, severalFiles, inputs)
    self.proofs = proofs
    (bodies, facts) = (traffic.bodies, traffic.facts)
    words = judgements.map(\.verdict.security)
  }

  /// The numbers of the responses of this part, for who reads them in order.
  var pass: RecordStore.Pass { survey.traffic.pass }
  /// What a response says.
  @inline(__always)
  package func body(_ record: Int) -> ResponseBody { bodies[Int(records[record].body)] }
  /// The same where the record is at hand.
  @inline(__always)
  func body(of record: ResponseRecord) -> ResponseBody { bodies[Int(record.body)] }
  /// Equal for bodies with the same data.
  @inline(__always)
  func content(ofBody body: UInt32) -> UInt32 { bodies[Int(body)].content }
  /// The single facts of what a response says.
  @inline(__always)
  func facts(of record: Int) -> BodyFacts.Marks { survey.traffic.facts(of: record) }
  /// The RRsets of a body.
  func answer(ofBody body: UInt32) -> Answer { survey.traffic.answer(ofBody: body) }
  /// The RRsets of a response.
  package func answer(_ record: Int) -> Answer { answer(ofBody: records.body(record)) }
  /// The judgement of a response, and its word.
  package func judgement(_ record: Int) -> ResponseJudgement { judgements[Int(numbers[record])] }
  package func word(_ record: Int) -> SecurityStatus { words[Int(numbers[record])] }
  /// Who sent a response, and to whom.
  package func server(_ record: Int) -> IPAddress { addresses[records[record].source] }
  package func client(_ record: Int) -> IPAddress { addresses[records[record].destination] }
  /// When a response was captured.
  package func time(_ record: Int) -> Timestamp { Timestamp(nanoseconds: records[record].time) }
  /// The packet that completed a response, and all its packets.
  package func packet(_ record: Int) -> PacketID {
    PacketID(Int(records[record].frame), file: file(of: record))
  }
  package func packets(_ record: Int) -> [PacketID] { fragmentFrames[record] ?? [packet(record)] }

  /// The packets of a response: those of some that are named, or all where none of it is. Of an answer with a planted
  /// fragment the others are genuine.
  func packets(_ record: Int, ofWhich named: Set<PacketID>) -> [PacketID] {
    let all = packets(record), own = all.filter(named.contains)
    return own.isEmpty ? all : own
  }

  /// The question of a response with its letters folded; nil with QDCOUNT 0.
  package func question(_ record: Int) -> CanonicalQuestion? {
    body(record).foldedQuestion.map(question(number:))
  }

  /// The question of a number.
  package func question(number: UInt32) -> CanonicalQuestion {
    if let known = questions[number] { return known }
    let (name, type, recordClass) = store.questions[number]
    let question = CanonicalQuestion(name: name, type: type, recordClass: recordClass)
    questions[number] = question
    return question
  }

  /// RRsets of the answer section without RRSIGs.
  package func data(_ record: Int) -> [AnswerRRset] { answer(record).data }

  /// A response in which the data of another one are secure; nil for a secure one and where none is.
  package func corroboration(_ record: Int) -> Int? { proofs.corroboration(record) }
  /// The secure data that a response without a proof stands against.
  package func contradiction(_ record: Int) -> Contradiction? { proofs.contradiction(record) }
  /// A secure response in force to the same question.
  package func secureAnswer(_ record: Int) -> Int? { proofs.secureAnswer(record) }

  /// The input that a response came from.
  package func file(of record: Int) -> Int { inputs.file(of: record) }

  /// Owner, type and RDATA of each record of an RRset, some of them.
  package func texts(_ rrset: RRsetID, limit: Int = CaseFile.textLimit) -> [String] {
    let rrsets = store.rrsets, type = rrsets.type(of: rrset), recordClass = rrsets.recordClass(of: rrset)
    let owner = rrsets.owner(of: rrset)
    return rrsets.records(of: rrset, limit: limit).map {
      "\(owner) \(type.mnemonic) \(presentation(of: $0, type, recordClass))"
    }
  }

  /// The same of several RRsets, some of all their records; what lies behind these is not read.
  package func texts(_ rrsets: [AnswerRRset], limit: Int = CaseFile.textLimit) -> [String] {
    var found: [String] = []
    for rrset in rrsets {
      guard found.count < limit else { break }
      found += texts(rrset.rrset, limit: limit - found.count)
    }
    return found
  }

  /// Records that people are told of one answer: more of them than these fill a screen and say no more.
  package static let textLimit = 8

  /// What a response says, for people: its response code and the data of its answer section, some of them.
  package func summary(_ record: Int) -> String {
    let data = texts(data(record))
    return "\(body(record).rcode.mnemonic) \(data.isEmpty ? "no data" : data.joined(separator: ", "))"
  }
}

extension ResponseRecord {
  /// Whether it is the first response to its query. (A pattern costs nothing; the operator of enumerations with raw values
  /// is generic code of another module.)
  @inline(__always)
  var isAnswered: Bool { if case .answered = transaction { true } else { false } }
}

/// Compares answers that carry no proof of their own with what the capture proves.
package protocol ProofSource {
  /// See `CaseFile`.
  func corroboration(_ record: Int) -> Int?
  func contradiction(_ record: Int) -> Contradiction?
  func secureAnswer(_ record: Int) -> Int?
}
