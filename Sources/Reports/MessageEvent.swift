import Bytes
import DNSWire
import Packets

/// Writes `message` events: a DNS message decoded, without judgement.
package struct MessageEvent: Sendable {
  /// A writer of events.
  package init() {}

  /// Appends the line of one message; `file` is the index of its capture when there are several. What no host may
  /// have taken as a message stands inside an `oddity`: the beginning of a datagram whose other fragments did not come,
  /// and what was found by its looks in a stream without framing.
  package func append(_ message: MessageBytes, file: Int? = nil, to lines: inout JSONLineWriter) {
    guard message.isUnfinished || message.isRecovered else {
      return lines.line { $0.write(message, file: file) }
    }
    let oddity = message.isUnfinished ? MessageOddity.unfinishedDatagram : .recoveredMessage
    lines.line { line in
      line.oddity(oddity.oddity, frame: message.frame, file: file)
      line.object("message") { $0.write(message, file: file) }
    }
  }
}

extension JSONLineWriter {
  /// Writes the members of `oddity`.
  mutating func oddity(_ oddity: Oddity, frame: Int, file: Int?) {
    field("event", "oddity")
    if let file { field("file", file) }
    field("frame", frame)
    field("name", oddity.code)
    field("sentence", oddity.sentence)
    field("reference", oddity.reference)
  }

  /// Writes the members of `message`.
  fileprivate mutating func write(_ message: MessageBytes, file: Int?) {
    field("event", "message")
    origin(file: file, frame: message.frame, frames: message.frames, time: message.time, flow: message.flow)
    carriage(message)
    do throws(DecodingError) {
      write(try MessageView(message.bytes), of: message)
    } catch {
      writeWithoutHeader(ShownFault(error, in: message))
    }
  }

  /// Writes how the message was carried, as far as that is not plain DNS in a sound packet of its own.
  private mutating func carriage(_ message: MessageBytes) {
    network(message.network)
    if message.protocolName != .dns { field("protocol", "\(message.protocolName)") }
    if !message.carrier.isEmpty {
      array("carrier") { list in
        for layer in message.carrier.layers { list.element(layer.name) }
      }
    }
    if let vlan = message.carrier.vlan { field("vlan", vlan) }
    if let id = message.carrier.tunnelID { field("tunnel_id", id) }
    if message.checksum != .right { field("checksum", "\(message.checksum)") }
    if message.isOtherVersion { field("other_version", true) }
    guard let quote = message.quote else { return }
    object("quoted_by") { object in
      object.field("src", quote.source)
      object.field("dst", quote.destination)
      object.field("type", quote.type)
      object.field("code", quote.code)
    }
  }

  /// Writes what the IP header says, as far as it is not what most say.
  private mutating func network(_ traits: NetworkTraits) {
    field("ip_ttl", traits.ipTTL)
    if traits.flags.contains(.hasIdentification) { field("ip_id", traits.identification) }
    if traits.flags.contains(.dontFragment) { field("df", true) }
    if traits.trafficClass != 0 { field("tos", traits.trafficClass) }
    if traits.flags.contains(.ttlsDiffer) { field("ttls_differ", true) }
    if traits.flags.contains(.tailFirst) { field("tail_first", true) }
  }

  /// Writes what there is to say of a message that does not have a whole header.
  private mutating func writeWithoutHeader(_ fault: ShownFault) {
    for key in ["id", "qr", "opcode", "rcode"] { nullField(key) }
    for key in ["flags", "question"] { array(key) { _ in } }
    for key in ["edns", "counts"] { nullField(key) }
    for section in Section.allCases { array(section.word) { _ in } }
    write(fault)
  }

  /// Writes header, question, EDNS, sections, and what ended them early.
  private mutating func write(_ view: MessageView, of message: MessageBytes) {
    var cursor = SectionCursor(view), shown = ShownLength(from: bytes.count, of: message)
    let types = ShownTypes(message.protocolName)
    header(id: view.header.id, flags: view.header.flags, rcode: cursor.responseCode)
    array("question") { $0.writeQuestions(&cursor, of: view, types, &shown) }
    let optionFault = writeEDNS(cursor.edns, of: view)
    writeCounts(view.header)
    let operationFault = view.isStatefulOperation ? writeOperations(of: view) : nil
    for section in Section.allCases {
      array(section.word) { $0.writeRecords(&cursor, of: view, in: section, types, &shown) }
    }
    if let fault = ShownFault(cursor, of: view, shown, optionFault ?? operationFault, in: message) {
      write(fault)
    } else {
      nullField("malformed")
    }
  }

  /// Writes the member `malformed`.
  private mutating func write(_ fault: ShownFault) {
    object("malformed") { object in
      object.field("offset", fault.offset)
      object.field("code", fault.kind.code)
      object.field("reason", fault.kind.sentence)
      object.field("reference", fault.kind.reference)
    }
  }

  /// Writes the counts as the header has them.
  private mutating func writeCounts(_ header: Header) {
    object("counts") { counts in
      counts.field("qd", header.qdCount)
      counts.field("an", header.anCount)
      counts.field("ns", header.nsCount)
      counts.field("ar", header.arCount)
    }
  }

  /// Writes the questions.
  private mutating func writeQuestions(
    _ cursor: inout SectionCursor, of view: MessageView, _ types: ShownTypes, _ shown: inout ShownLength
  ) {
    while let question = cursor.nextQuestion() {
      guard shown.hasRoom(bytes.count, at: question.nameOffset) else { continue }
      object { object in
        object.writeName(at: question.nameOffset, of: view)
        object.field("type", types.mnemonic(of: question.type))
        object.field("class", question.recordClass.mnemonic)
      }
    }
  }

  /// Writes the records of one section.
  private mutating func writeRecords(
    _ cursor: inout SectionCursor, of view: MessageView, in section: Section, _ types: ShownTypes,
    _ shown: inout ShownLength
  ) {
    while let record = cursor.nextRecord(in: section) {
      guard shown.hasRoom(bytes.count, at: record.ownerOffset) else { continue }
      object { object in
        object.writeName(at: record.ownerOffset, of: view)
        object.field("type", types.mnemonic(of: record.type))
        object.field("class", record.recordClass.mnemonic)
        object.field("ttl", record.ttl)
        object.field("rdlength", record.rdataLength)
        object.field("rdata") { types.append(RDataView(view.bytes, record), to: &$0) }
      }
    }
  }

  /// Writes a name that the cursor has found sound.
  private mutating func writeName(at offset: Int, of view: MessageView) {
    field("name") { _ = try? view.name(at: offset).appendPresentation(to: &$0) }
  }
}
