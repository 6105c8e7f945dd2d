import Foundation
import TestSupport
import Testing

/// What the command writes about real captures, held against the schema that users get.
@Suite("Events of the command") struct EventOutputTests {
  @Test("audit's events of each capture are valid, first to last", arguments: Sample.all)
  func audit(sample: Sample) throws {
    let outcome = try sample.audit("--json", "--case", "17", "--note", "\u{1b}[31m")
    let valid = try EventSchema.validate(outcome.output)
    #expect(valid.status == 0, "\(valid.errorText)")
    let responses = try outcome.events("response").count
    #expect(responses > 70)
    #expect(valid.text.contains(" response \(responses) run 1 summary 1 "), "\(valid.text)")
  }

  @Test("decode's events of each capture are valid, one for each message", arguments: Sample.all)
  func decode(sample: Sample) throws {
    let outcome = try dnsaudit("decode", "--json", sample.path)
    let valid = try EventSchema.validate(outcome.output)
    #expect(valid.status == 0, "\(valid.errorText)")
    let summary = try #require(try sample.audit("--json").events("summary").first)
    #expect(valid.text == "message \(summary["messages"] as? Int ?? -1)\n")
  }

  @Test("events of several inputs, of cut ones and of none are valid")
  func odd() throws {
    let folder = try TemporaryFolder()
    let cut = try folder.write(Sample.clean.bytes.dropLast(10), to: "cut.pcap").path()
    let empty = try folder.write(Data(SavefileBuilder().bytes), to: "no-packets.pcap").path()
    for inputs in [[cut, empty], [empty], ["/nowhere/gone.pcap"]] {
      let valid = try EventSchema.validate(run(Environment.command, ["--json"] + inputs).output)
      #expect(valid.status == 0, "\(valid.errorText)")
    }
  }

  @Test("a packet that lost a message is told by decode, as an oddity with its rule")
  func losses() throws {
    let folder = try TemporaryFolder()
    var savefile = SavefileBuilder()
    savefile.add(PacketBuilder.ethernet(PacketBuilder.ipv4(PacketBuilder.udp([1]), totalLength: 24)))
    let file = try folder.write(Data(savefile.bytes), to: "lost.pcap").path()
    let outcome = try dnsaudit("decode", "--json", file)
    #expect(try EventSchema.validate(outcome.output).status == 0)
    let event = try #require(try outcome.events("oddity").first)
    #expect(event["frame"] as? Int == 1)
    #expect(event["name"] as? String == "packet-cut-transport-header")
    #expect(event["reference"] as? String == "RFC 9293 §3.1")
    #expect(
      try dnsaudit("decode", "-q", file).text.contains(
        "1 cut inside the UDP or TCP header (packet-cut-transport-header, RFC 9293 §3.1; frame 1)"))
  }

  @Test("NetBIOS names on port 137 are counted and not printed")
  func netBIOS() throws {
    let folder = try TemporaryFolder()
    var savefile = SavefileBuilder(), message = MessageBuilder(), dns = MessageBuilder()
    message.addQuestion(characterString(String(repeating: "CA", count: 16)) + [0], .init(rawValue: 32))
    dns.addQuestion(wire("example."), .a)
    savefile.add(
      PacketBuilder.ethernet(PacketBuilder.ipv4(PacketBuilder.udp(message.bytes, from: 137, to: 137))))
    savefile.add(PacketBuilder.ethernet(PacketBuilder.ipv4(PacketBuilder.udp(dns.bytes))))
    let file = try folder.write(Data(savefile.bytes), to: "mixed.pcap").path()
    #expect(
      try dnsaudit("decode", "--json", file).events("message").compactMap { $0["frame"] as? Int } == [2])
    #expect(
      try dnsaudit("decode", "-q", file).text
        == "2 packets, 1 messages, 0 records, 0 malformed; 1 NetBIOS messages left out\n")
    let summary = try #require(try dnsaudit("--json", file).events("summary").first)
    #expect(summary["not_judged"] as? [String: Int] == ["nbns": 1])
  }
}
