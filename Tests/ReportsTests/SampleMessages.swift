import Bytes
import DNSWire
import Packets
import Reports

/// The line of a message from 192.0.2.1 port 53 in frame 7.
func messageLine(
  _ bytes: [UInt8], frames: [Int] = [], file: Int? = nil, declaredLength: Int? = nil,
  protocolName: ProtocolName = .dns, network: NetworkTraits = NetworkTraits()
) -> String {
  var lines = JSONLineWriter()
  withSampleMessage(
    bytes, frames: frames, file: file ?? 0, declaredLength: declaredLength, protocolName: protocolName,
    network: network
  ) {
    MessageEvent().append($0, file: file, to: &lines)
  }
  return String(decoding: lines.bytes, as: UTF8.self)
}

/// What every such line starts with.
let messageOrigin =
  #"{"event":"message","frame":7,"time":"2016-10-20T15:23:01.000000005Z","transport":"udp","#
  + #""src":"192.0.2.1","src_port":53,"dst":"2001:db8::2","dst_port":40000,"ip_ttl":64,"#

/// Lends a message as packets carry it.
func withSampleMessage(
  _ bytes: [UInt8], frames: [Int] = [], file: Int = 0, declaredLength: Int? = nil,
  protocolName: ProtocolName = .dns, network: NetworkTraits = NetworkTraits(),
  _ body: (MessageBytes) -> Void
) {
  let flow = Flow(
    source: IPAddress(v4: 0xc000_0201), sourcePort: 53,
    destination: IPAddress(v6High: 0x2001_0db8_0000_0000, low: 2), destinationPort: 40_000, transport: .udp)
  let time = Timestamp(seconds: 1_476_976_981, nanoseconds: 5)
  body(
    MessageBytes(
      bytes: bytes.span, flow: flow,
      origin: MessageOrigin(
        frame: 7, file: file, frames: frames.map { PacketID($0, file: file) }, time: time,
        network: network),
      protocolName: protocolName, declaredLength: declaredLength))
}
