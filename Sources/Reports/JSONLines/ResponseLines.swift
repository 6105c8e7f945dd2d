import Bytes
import DNSSEC
import DNSWire
import Findings

/// Writes the lines of judged responses from what an audit keeps of them. What repeats, as most does, is copied: the
/// members of header and EDNS, and those of a judgement with its RRsets.
struct ResponseLines {
  private let responses: JudgedResponses
  /// Its store, of which views are lent.
  private let store: ResponseStore, rrsets: RRsetStore
  private var headers = HeaderTexts(), judgements: JudgementTexts
  /// Members on their way to be kept.
  private var members = JSONLineWriter()

  /// Of some responses.
  init(_ responses: JudgedResponses) {
    (self.responses, store, rrsets) = (responses, responses.store, responses.store.rrsets)
    judgements = JudgementTexts(responses)
  }

  /// Writes the members of the line of a response.
  mutating func write(_ index: Int, to line: inout JSONLineWriter) {
    let record = responses.records[index], body = responses.bodies[Int(record.body)]
    let time = Timestamp(nanoseconds: record.time)
    line.ready(24) { $0.append(#""event":"response""#) }
    line.origin(
      file: responses.file(index), frame: Int(record.frame), frames: responses.frames(index), time: time,
      flow: responses.flow(record))
    line.ready(16) { out in
      out.append(#","id":"#)
      out.append(decimal: record.id)
    }
    let dnssecOK = record.traits.contains(.querySeen) ? record.traits.contains(.queryDO) : body.dnssecOK
    if let number = body.edns, store.edns.hasOptions(number) {
      // Cookies make options that no other response has.
      let edns = EDNSFields(opt: store.edns[number])
      line.header(flags: body.flags, rcode: body.rcode)
      line.edns(edns)
      writeQuestion(body, dnssecOK, to: &line)
      line.serverErrors(edns.extendedErrors)
    } else {
      let header = headers.find(body) ?? keepHeader(of: body)
      headers.write(header, to: &line)
      writeQuestion(body, dnssecOK, to: &line)
      line.ready(24) { $0.append(#","server_ede":[]"#) }
    }
    let judgement = responses.numbers[index]
    if let place = judgements.find(body.answer, judgement, at: time.seconds) {
      judgements.writeWord(place, to: &line)
      writeMatch(index, to: &line)
      judgements.writeRRsets(place, to: &line)
    } else {
      writeJudgement(index, body.answer, judgement, at: time, to: &line)
    }
  }

  /// Keeps the members of a header whose OPT record, if there is one, has no options.
  private mutating func keepHeader(of body: ResponseBody) -> Int {
    members.beginMembers()
    members.header(flags: body.flags, rcode: body.rcode)
    members.edns(body.edns.map { EDNSFields(opt: store.edns[$0]) })
    return headers.keep(members.bytes, for: body)
  }

  /// Writes the question as spelled, and `do`.
  private func writeQuestion(_ body: ResponseBody, _ dnssecOK: Bool?, to line: inout JSONLineWriter) {
    if let number = body.question {
      let wire = store.questions.wire(number), end = wire.count &- 4
      line.question(
        wire.extracting(0..<end), RecordType(rawValue: UInt16(wire[end]) << 8 | UInt16(wire[end &+ 1])),
        RecordClass(rawValue: UInt16(wire[end &+ 2]) << 8 | UInt16(wire[end &+ 3])))
    } else {
      line.noQuestion()
    }
    line.ready(16) { out in
      out.append(#","do":"#)
      if let dnssecOK { out.append(dnssecOK) } else { out.append("null" as StaticString) }
    }
  }

  /// Writes how a response fits to others and to its query.
  private func writeMatch(_ index: Int, to line: inout JSONLineWriter) {
    let record = responses.records[index]
    line.match(
      corroborated: responses.corroborated(index), record.transaction,
      queryFrame: record.queryFrame == 0 ? nil : Int(record.queryFrame),
      queryFile: responses.queryFile(index),
      rttMicroseconds: record.rttMicroseconds == .max ? nil : Int64(record.rttMicroseconds))
  }

  /// Writes the word, how the response fits, and its RRsets, and keeps the first and the last.
  private mutating func writeJudgement(
    _ index: Int, _ id: AnswerID, _ number: UInt32, at time: Timestamp, to line: inout JSONLineWriter
  ) {
    let answer = responses.answers.answer(id), judged = responses.judgements[Int(number)].rrsets
    let start = line.bytes.count
    line.verdict(responses.judgements[Int(number)].verdict)
    let verdictEnd = line.bytes.count
    line.signed(
      answer.rrsets.contains { $0.section == .answer && ($0.type == .rrsig || !$0.signatures.isEmpty) })
    let middle = line.bytes.count
    writeMatch(index, to: &line)
    let rrsetStart = line.bytes.count
    var times = NearTimes(time)
    line.array("rrsets") { list in
      // By place: a copy of each would count references.
      for place in 0..<min(answer.rrsets.count, judged.count) {
        list.object { write(answer.rrsets[place], judged[place], &times, to: &$0) }
      }
    }
    guard judgements.recurs(id, number) else { return }
    let text = line.bytes
    judgements.keep(
      text.span.extracting(start..<middle), verdict: text.span.extracting(start..<verdictEnd),
      text.span.extracting(rrsetStart..<text.count), for: id, number, from: times.from, until: times.until)
  }

  /// Writes an RRset with its word and its RRSIGs.
  private func write(
    _ rrset: AnswerRRset, _ judgement: RRsetJudgement, _ times: inout NearTimes, to line: inout JSONLineWriter
  ) {
    line.rrset(
      rrset.section, rrsets.rrset(rrset.rrset).ownerWire, rrset.type, ttl: rrset.ttl,
      count: Int(rrset.recordCount))
    line.verdict(judgement.verdict)
    line.array("rrsigs") { list in
      for (id, status) in zip(rrset.signatures, judgement.signatures) {
        let signature = SignatureEntry(
          try? RRSIGData(rrsets.signature(id)), status, responses.weakClasses(of: id, over: rrset.rrset))
        times.note(signature)
        list.object { $0.write(signature, at: times.time) }
      }
    }
  }
}

/// The seconds in which 32-bit times are nearest to the same moments as at one of them (RFC 4034 §3.1.5).
private struct NearTimes {
  /// The time of the response.
  let time: Timestamp
  /// The first and the last of those seconds.
  private(set) var from = Int64.min, until = Int64.max

  /// No times yet.
  init(_ time: Timestamp) { self.time = time }

  /// Takes the times of a signature: each holds for 2^31 seconds around it.
  mutating func note(_ signature: SignatureEntry) {
    for serial in [signature.inception, signature.expiration] {
      let seconds = time.seconds
      let moment = seconds &+ Int64(Int32(bitPattern: serial &- UInt32(truncatingIfNeeded: seconds)))
      from = max(from, moment &- 0x7fff_ffff)
      until = min(until, moment &+ 0x8000_0000)
    }
  }
}
