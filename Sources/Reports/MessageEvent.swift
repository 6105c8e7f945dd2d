import Bytes
import DNSWire
import Packets

/// Writes `message` events: a DNS message decoded, without judgement.
package struct MessageEvent: Sendable {
  /// Presentation format on its way into the line; kept for its memory.
  private var text: [UInt8] = []

  /// A writer of events.
  package init() {}

  /// Appends the line of one message; `file` is the index of its capture when there are several.
  package mutating func append(_ message: MessageBytes, file: Int? = nil, to lines: inout JSONLineWriter) {
    let limit = lines.bytes.count + ShownLength.limit(messageLength: message.bytes.count)
    lines.line { line in
      line.field("event", "message")
      if let file { line.field("file", file) }
      appendOrigin(message, to: &line)
      do throws(DecodingError) {
        let view = try MessageView(message.bytes)
        appendMessage(view, cutFrom: message.declaredLength, limit: limit, to: &line)
      } catch {
        appendHeaderless(
          ShownFault(error, cutFrom: message.declaredLength, count: message.bytes.count), to: &line)
      }
    }
  }

  /// Where the message comes from.
  private func appendOrigin(_ message: MessageBytes, to line: inout JSONLineWriter) {
    line.field("frame", message.frame)
    let frames = message.frames
    if frames.count > 1 {
      line.array("frames") { array in for frame in frames { array.element(frame) } }
    }
    let flow = message.flow
    line.field("time", message.time.rfc3339)
    line.field("transport", flow.transport.name)
    line.field("src", flow.source.description)
    line.field("src_port", flow.sourcePort)
    line.field("dst", flow.destination.description)
    line.field("dst_port", flow.destinationPort)
  }

  /// What a message without a whole header has to say.
  private func appendHeaderless(_ fault: ShownFault, to line: inout JSONLineWriter) {
    for key in ["id", "qr", "opcode", "rcode"] { line.nullField(key) }
    for key in ["flags", "question"] { line.array(key) { _ in } }
    for key in ["edns", "counts"] { line.nullField(key) }
    for key in ["answer", "authority", "additional"] { line.array(key) { _ in } }
    fault.append(to: &line)
  }

  /// Header, question, EDNS, sections and what ended them early.
  private mutating func appendMessage(
    _ view: MessageView, cutFrom declaredLength: Int?, limit: Int, to line: inout JSONLineWriter
  ) {
    var cursor = SectionCursor(view)
    appendHeader(view.header, cursor.edns, to: &line)
    var shown = ShownLength(limit: limit)
    appendQuestions(&cursor, of: view, &shown, to: &line)
    let optionFault = appendEDNS(cursor.edns, of: view, to: &line)
    appendCounts(view.header, to: &line)
    for section in Section.allCases {
      appendRecords(&cursor, of: view, in: section, &shown, to: &line)
    }
    let fault =
      cursor.fault.map { ShownFault($0, cutFrom: declaredLength, count: view.bytes.count) } ?? shown.fault
      ?? optionFault ?? ShownFault(trailing: view.bytes.count - cursor.offset, at: cursor.offset)
    if let fault { fault.append(to: &line) } else { line.nullField("malformed") }
  }

  /// ID and flags; the response code with the bits that EDNS adds.
  private func appendHeader(_ header: Header, _ edns: EDNS?, to line: inout JSONLineWriter) {
    let rcode =
      edns?.responseCode(header: header.flags) ?? ResponseCode(rawValue: UInt16(header.flags.rcodeLow))
    line.field("id", header.id)
    line.field("qr", header.flags.isResponse)
    line.field("opcode", header.flags.opcode.mnemonic)
    line.field("rcode", rcode.mnemonic)
    line.array("flags") { array in for name in header.flags.names { array.element(name) } }
  }

  /// The counts as the header has them.
  private func appendCounts(_ header: Header, to line: inout JSONLineWriter) {
    line.object("counts") { counts in
      counts.field("qd", header.qdCount)
      counts.field("an", header.anCount)
      counts.field("ns", header.nsCount)
      counts.field("ar", header.arCount)
    }
  }

  /// The questions.
  private mutating func appendQuestions(
    _ cursor: inout SectionCursor, of view: MessageView, _ shown: inout ShownLength,
    to line: inout JSONLineWriter
  ) {
    line.array("question") { array in
      while let question = cursor.nextQuestion() {
        guard shown.hasRoom(array.bytes.count, at: question.nameOffset) else { continue }
        array.object { object in
          appendName(at: question.nameOffset, of: view, to: &object)
          object.field("type", question.type.mnemonic)
          object.field("class", question.recordClass.mnemonic)
        }
      }
    }
  }

  /// The records of one section.
  private mutating func appendRecords(
    _ cursor: inout SectionCursor, of view: MessageView, in section: Section, _ shown: inout ShownLength,
    to line: inout JSONLineWriter
  ) {
    line.array(section.name) { array in
      while let record = cursor.nextRecord(in: section) {
        guard shown.hasRoom(array.bytes.count, at: record.ownerOffset) else { continue }
        array.object { appendRecord(record, of: view, to: &$0) }
      }
    }
  }

  /// One record.
  private mutating func appendRecord(
    _ record: RecordHeader, of view: MessageView, to object: inout JSONLineWriter
  ) {
    appendName(at: record.ownerOffset, of: view, to: &object)
    object.field("type", record.type.mnemonic)
    object.field("class", record.recordClass.mnemonic)
    object.field("ttl", record.ttl)
    object.field("rdlength", record.rdataLength)
    text.removeAll(keepingCapacity: true)
    RDataView(view.bytes, record).appendText(to: &text)
    object.field("rdata", ascii: text)
  }

  /// A name that the cursor has found sound.
  private mutating func appendName(at offset: Int, of view: MessageView, to object: inout JSONLineWriter) {
    text.removeAll(keepingCapacity: true)
    _ = try? view.name(at: offset).appendPresentation(to: &text)
    object.field("name", ascii: text)
  }

  /// The OPT record, or null.
  /// - Returns: the fault that ended the options early.
  private mutating func appendEDNS(
    _ edns: EDNS?, of view: MessageView, to line: inout JSONLineWriter
  ) -> ShownFault? {
    guard let edns else {
      line.nullField("edns")
      return nil
    }
    var fault: ShownFault?
    line.object("edns") { object in
      object.field("version", edns.version)
      object.field("udp_size", edns.udpSize)
      object.field("do", edns.dnssecOK)
      object.array("options") { fault = appendOptions(edns, of: view, to: &$0) }
    }
    return fault
  }

  /// The options: number and data, and for people name and meaning.
  private mutating func appendOptions(
    _ edns: EDNS, of view: MessageView, to array: inout JSONLineWriter
  ) -> ShownFault? {
    var options = edns.makeCursor(in: view.bytes)
    do throws(DecodingError) {
      while let option = try options.next() {
        text.removeAll(keepingCapacity: true)
        text.append(hexOf: option.data(in: view.bytes), uppercase: false)
        array.object { object in
          object.field("code", option.code.rawValue)
          if let name = option.code.name { object.field("name", name) }
          object.field("data", ascii: text)
          if let meaning = option.text(in: view.bytes) { object.field("text", meaning) }
        }
      }
      return nil
    } catch {
      return ShownFault(offset: error.offset, reason: "EDNS option that runs past its record")
    }
  }
}
