import Bytes
import DNSWire
import Packets

/// Writes DNS messages for people: a block each, in the manner of dig.
package struct MessageText: Sendable {
  /// A writer of blocks.
  package init() {}

  /// Appends the block of one message, an empty line last; `file` is the index of its capture when there are
  /// several.
  package func append(_ message: MessageBytes, file: Int? = nil, to text: inout [UInt8]) {
    appendOrigin(message, file: file, to: &text)
    do throws(DecodingError) {
      append(try MessageView(message.bytes), of: message, to: &text)
    } catch {
      append(ShownFault(error, in: message), to: &text)
    }
    text.append(0x0a)
  }

  /// `Frame 12, 2016-10-20T15:23:01.000000000Z, udp 192.0.2.1 port 53 > 198.51.100.2 port 40000`.
  private func appendOrigin(_ message: MessageBytes, file: Int?, to text: inout [UInt8]) {
    let flow = message.flow, frames = message.frames
    if let file { text.append(text: "File \(file), frame ") } else { text.append(text: "Frame ") }
    text.append(text: "\(message.frame)")
    if let first = frames.first, frames.count > 1 {
      text.append(text: " (\(frames.count) packets since \(name(of: first, besides: file)))")
    }
    text.append(text: ", \(message.time.rfc3339), \(flow.transport.name) ")
    text.append(
      text: "\(flow.source) port \(flow.sourcePort) > \(flow.destination) port \(flow.destinationPort)\n")
    appendCarriage(message, to: &text)
  }

  /// `frame 12`, or with its file where that is another one.
  private func name(of packet: PacketID, besides file: Int?) -> String {
    packet.file == file ?? 0 ? "frame \(packet.number)" : "frame \(packet.number) of file \(packet.file)"
  }

  /// `;; mdns, in vlan gre erspan2, VLAN 7, checksum wrong`: how the message was carried, where that is out of the
  /// ordinary.
  private func appendCarriage(_ message: MessageBytes, to text: inout [UInt8]) {
    var facts: [String] = []
    if message.protocolName != .dns { facts.append("\(message.protocolName)") }
    if !message.carrier.isEmpty {
      facts.append("in " + message.carrier.layers.map(\.name).joined(separator: " "))
    }
    if let vlan = message.carrier.vlan { facts.append("VLAN \(vlan)") }
    if let id = message.carrier.tunnelID { facts.append("tunnel \(id)") }
    if message.checksum != .right { facts.append("checksum \(message.checksum)") }
    if message.isOtherVersion {
      facts.append("with an overlapping fragment's bytes in place of the first ones")
    }
    if message.isUnfinished { facts.append("the beginning of a datagram whose other fragments are not here") }
    if message.isRecovered { facts.append("found by its looks in a TCP stream whose framing was lost") }
    if let quote = message.quote {
      facts.append(
        "quoted by \(quote.source) in an ICMP error to \(quote.destination), type \(quote.type) code \(quote.code)"
      )
    }
    if !facts.isEmpty { text.append(text: ";; " + facts.joined(separator: ", ") + "\n") }
  }

  /// Header, EDNS, sections, and what ended them early.
  private func append(_ view: MessageView, of message: MessageBytes, to text: inout [UInt8]) {
    var cursor = SectionCursor(view), shown = ShownLength(from: text.count, of: message)
    let types = ShownTypes(message.protocolName)
    append(view.header, rcode: cursor.responseCode, to: &text)
    let optionFault = cursor.edns.flatMap { append($0, of: view, to: &text) }
    let operationFault = view.isStatefulOperation ? appendOperations(of: view, to: &text) : nil
    appendQuestions(&cursor, of: view, types, &shown, to: &text)
    for section in Section.allCases {
      appendRecords(&cursor, of: view, in: section, types, &shown, to: &text)
    }
    if let fault = ShownFault(cursor, of: view, shown, optionFault ?? operationFault, in: message) {
      append(fault, to: &text)
    }
  }

  /// `;; response, QUERY, NXDOMAIN, id 4660, flags aa rd; question 1, answer 0, authority 6, additional 1`.
  private func append(_ header: Header, rcode: ResponseCode, to text: inout [UInt8]) {
    text.append(text: header.flags.isResponse ? ";; response, " : ";; query, ")
    text.append(text: header.flags.opcode.mnemonic)
    if header.flags.isResponse || rcode != .noError { text.append(text: ", \(rcode.mnemonic)") }
    let flags = header.flags.names.joined(separator: " ")
    text.append(text: ", id \(header.id), \(flags.isEmpty ? "no flags" : "flags " + flags)")
    text.append(text: "; question \(header.qdCount), answer \(header.anCount)")
    text.append(text: ", authority \(header.nsCount), additional \(header.arCount)\n")
  }

  /// `;; EDNS version 0, udp 1232, do`, and a line for each option.
  /// - Returns: the fault that ended the options early.
  private func append(_ edns: EDNS, of view: MessageView, to text: inout [UInt8]) -> ShownFault? {
    text.append(text: ";; EDNS version \(edns.version), udp \(edns.udpSize)\(edns.dnssecOK ? ", do" : "")\n")
    var options = edns.makeCursor(in: view.bytes)
    do throws(DecodingError) {
      while let option = try options.next() {
        text.append(text: ";; option \(option.code.name ?? "OPT\(option.code.rawValue)") ")
        if let meaning = option.text(in: view.bytes) {
          text.append(text: Printable(meaning).description)
        } else {
          text.append(hexOf: option.data(in: view.bytes), uppercase: false)
        }
        text.append(0x0a)
      }
      return nil
    } catch {
      return ShownFault(.optionOverrun, at: error.offset)
    }
  }

  /// A line for each element of a DSO message: `;; DSO KEEPALIVE inactivity 15000 ms, interval 15000 ms`.
  /// - Returns: the fault that ended them early.
  private func appendOperations(of view: MessageView, to text: inout [UInt8]) -> ShownFault? {
    var operations = view.makeOperationCursor()
    do throws(DecodingError) {
      while let operation = try operations.next() {
        text.append(text: ";; DSO \(operation.type.name ?? "\(operation.type.rawValue)") ")
        if let meaning = operation.text(in: view.bytes) {
          text.append(text: Printable(meaning).description)
        } else {
          text.append(hexOf: operation.data(in: view.bytes), uppercase: false)
        }
        text.append(0x0a)
      }
      return nil
    } catch {
      return ShownFault(.operationOverrun, at: error.offset)
    }
  }

  /// The questions: `;example. IN A`.
  private func appendQuestions(
    _ cursor: inout SectionCursor, of view: MessageView, _ types: ShownTypes, _ shown: inout ShownLength,
    to text: inout [UInt8]
  ) {
    while let question = cursor.nextQuestion() {
      guard shown.hasRoom(text.count, at: question.nameOffset) else { continue }
      text.append(0x3b)
      _ = try? view.name(at: question.nameOffset).appendPresentation(to: &text)
      text.append(text: " \(question.recordClass.mnemonic) \(types.mnemonic(of: question.type))\n")
    }
  }

  /// The records of one section behind its name: `example. 3600 IN A 192.0.2.1`.
  private func appendRecords(
    _ cursor: inout SectionCursor, of view: MessageView, in section: Section, _ types: ShownTypes,
    _ shown: inout ShownLength, to text: inout [UInt8]
  ) {
    var isFirst = true
    while let record = cursor.nextRecord(in: section) {
      guard shown.hasRoom(text.count, at: record.ownerOffset) else { continue }
      if isFirst { text.append(text: ";; \(section.word)\n") }
      isFirst = false
      _ = try? view.name(at: record.ownerOffset).appendPresentation(to: &text)
      text.append(text: " \(record.ttl) \(record.recordClass.mnemonic) \(types.mnemonic(of: record.type)) ")
      types.append(RDataView(view.bytes, record), to: &text)
      text.append(0x0a)
    }
  }

  /// `;; malformed at octet 40: ...`.
  private func append(_ fault: ShownFault, to text: inout [UInt8]) {
    let rule = fault.kind.reference.map { " (\($0))" } ?? ""
    text.append(text: ";; malformed at octet \(fault.offset): \(fault.kind.sentence)\(rule)\n")
  }
}

extension HeaderFlags {
  /// The flags that are set, in the order of the wire.
  fileprivate var names: [String] {
    [(aa, "aa"), (tc, "tc"), (rd, "rd"), (ra, "ra"), (z, "z"), (ad, "ad"), (cd, "cd")]
      .filter(\.0).map(\.1)
  }
}
