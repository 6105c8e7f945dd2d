import Bytes
import DNSWire
import Findings
import Packets

/// What `response` and `message` say of a message before they come to its records.
extension JSONLineWriter {
  /// Writes `frame`, `frames` when there are several, `time`, and who sent it to whom. Every event begins with its kind,
  /// so all of these stand behind another member.
  mutating func origin(file: Int?, frame: Int, frames: [PacketID], time: Timestamp, flow: Flow) {
    ready(64) { out in
      if let file {
        out.append(#","file":"#)
        out.append(decimal: file)
      }
      out.append(#","frame":"#)
      out.append(decimal: frame)
    }
    if frames.count > 1 { packets(frames, besides: file ?? 0) }
    let second = secondText(of: time)
    // The keys take 70 octets, a time 30, two addresses 39 each, two ports 5 each, a transport 4.
    ready(256) { out in
      out.append(#","time":""#)
      out.append(second.span)
      out.append(UInt64(truncatingIfNeeded: time.fraction), digits: 9)
      out.append(#"Z","transport":""#)
      out.append(word: flow.transport.name)
      out.append(#"","src":""#)
      out.append(flow.source)
      out.append(#"","src_port":"#)
      out.append(decimal: flow.sourcePort)
      out.append(#","dst":""#)
      out.append(flow.destination)
      out.append(#"","dst_port":"#)
      out.append(decimal: flow.destinationPort)
    }
  }

  /// Writes `frames`, and `files` beside it where a packet is of another capture than that of the line.
  mutating func packets(_ packets: [PacketID], besides file: Int = 0) {
    field("frames", packets.map(\.number))
    if packets.contains(where: { $0.file != file }) { field("files", packets.map(\.file)) }
  }

  /// Writes `id`, `qr`, `opcode`, `rcode` and `flags`.
  mutating func header(id: UInt16, flags: HeaderFlags, rcode: ResponseCode) {
    field("id", id)
    header(flags: flags, rcode: rcode)
  }

  /// Writes `qr`, `opcode`, `rcode` and `flags`.
  mutating func header(flags: HeaderFlags, rcode: ResponseCode) {
    field("qr", flags.isResponse)
    field("opcode", flags.opcode.mnemonic)
    field("rcode", rcode.mnemonic)
    array("flags") { list in
      if flags.aa { list.element("aa") }
      if flags.tc { list.element("tc") }
      if flags.rd { list.element("rd") }
      if flags.ra { list.element("ra") }
      if flags.z { list.element("z") }
      if flags.ad { list.element("ad") }
      if flags.cd { list.element("cd") }
    }
  }

  /// Writes `edns`, an object or null.
  mutating func edns(_ edns: EDNSFields?) {
    guard let edns else { return nullField("edns") }
    object("edns") { object in
      object.field("version", edns.version)
      object.field("udp_size", edns.udpSize)
      object.field("do", edns.dnssecOK)
      object.array("options") { list in
        for option in edns.options {
          list.object { entry in
            entry.field("code", option.code)
            entry.field("data") { $0.append(hexOf: option.data.span, uppercase: false) }
          }
        }
      }
    }
  }
}
