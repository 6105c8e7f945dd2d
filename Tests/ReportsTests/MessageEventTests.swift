import Bytes
import DNSWire
import Packets
import Reports
import TestSupport
import Testing

@Suite struct MessageEventTests {
  /// The line of a message from 192.0.2.1 port 53 in frame 7.
  private func line(
    _ bytes: [UInt8], frames: [Int] = [], file: Int? = nil, declaredLength: Int? = nil,
    protocolName: ProtocolName = .dns, network: NetworkTraits = NetworkTraits()
  )
    -> String
  {
    var lines = JSONLineWriter()
    withSampleMessage(
      bytes, frames: frames, file: file ?? 0, declaredLength: declaredLength, protocolName: protocolName,
      network: network
    ) {
      MessageEvent().append($0, file: file, to: &lines)
    }
    return String(decoding: lines.bytes, as: UTF8.self)
  }

  /// What every line of `line` starts with.
  private let origin =
    #"{"event":"message","frame":7,"time":"2016-10-20T15:23:01.000000005Z","transport":"udp","#
    + #""src":"192.0.2.1","src_port":53,"dst":"2001:db8::2","dst_port":40000,"ip_ttl":64,"#

  @Test("a response has its header, question, EDNS, counts and records, OPT apart")
  func response() {
    var builder = MessageBuilder(flags: 0x8583)
    builder.addQuestion(wire("WWW.Example."), .txt)
    builder.addRecord(pointer(12), .txt, ttl: 60, rdata: characterString("a\"b"))
    builder.addRecord(pointer(16), .ns, in: .authority, rdata: [2] + Array("ns".utf8) + pointer(16))
    builder.addRecord(
      [0], .opt, RecordClass(rawValue: 1232), in: .additional, ttl: 0x0100_8000,
      rdata: [0, 15, 0, 3, 0, 18, 0x78] + [0xfd, 0xe9, 0, 1, 0xab])
    builder.addRecord(wire("ns.Example."), .a, in: .additional, rdata: [192, 0, 2, 9])
    #expect(
      line(builder.bytes) == origin
        + #""id":4660,"qr":true,"opcode":"QUERY","rcode":"BADMODE","flags":["aa","rd","ra"],"#
        + #""question":[{"name":"WWW.Example.","type":"TXT","class":"IN"}],"#
        + #""edns":{"version":0,"udp_size":1232,"do":true,"options":["#
        + #"{"code":15,"name":"EDE","data":"001278","text":"18 (Prohibited): x"},{"code":65001,"data":"ab"}]},"#
        + #""counts":{"qd":1,"an":1,"ns":1,"ar":2},"#
        + #""answer":[{"name":"WWW.Example.","type":"TXT","class":"IN","ttl":60,"rdlength":4,"rdata":"\"a\\\"b\""}],"#
        + #""authority":[{"name":"Example.","type":"NS","class":"IN","ttl":3600,"rdlength":5,"rdata":"ns.Example."}],"#
        + #""additional":[{"name":"ns.Example.","type":"A","class":"IN","ttl":3600,"rdlength":4,"rdata":"192.0.2.9"}],"#
        + #""malformed":null}"# + "\n")
  }

  @Test("what the IP header says is written when it is there and not what most say")
  func network() {
    let flags: NetworkFlags = [.hasIdentification, .dontFragment, .ttlsDiffer, .tailFirst]
    let text = line(
      MessageBuilder().bytes,
      network: NetworkTraits(ipTTL: 57, identification: 4_369, flags: flags, trafficClass: 184))
    #expect(
      text.contains(
        #""dst_port":40000,"ip_ttl":57,"ip_id":4369,"df":true,"tos":184,"ttls_differ":true,"tail_first":true,"id":"#
      ))
  }

  @Test("a message of several packets lists them, and one of several captures says which")
  func frames() {
    let text = line(MessageBuilder().bytes, frames: [3, 5, 7], file: 1)
    #expect(text.hasPrefix(#"{"event":"message","file":1,"frame":7,"frames":[3,5,7],"time""#))
    #expect(
      text.hasSuffix(
        #""edns":null,"counts":{"qd":0,"an":0,"ns":0,"ar":0},"answer":[],"authority":[],"additional":[],"malformed":null}"#
          + "\n"))
  }

  @Test("what was decoded before a fault is kept, with the fault's offset and reason")
  func fault() {
    var builder = MessageBuilder(flags: 0x8000)
    builder.addRecord(wire("a."), .a, rdata: [1, 2, 3, 4])
    let second = builder.offset
    builder.addRecord([0x40], .a, rdata: [1, 2, 3, 4])
    let text = line(builder.bytes)
    #expect(text.contains(#""answer":[{"name":"a.","#))
    #expect(text.contains(#""counts":{"qd":0,"an":2,"ns":0,"ar":0}"#))
    #expect(
      text.hasSuffix(
        #""malformed":{"offset":\#(second),"code":"reserved-label-type","reason":"label with a reserved type","#
          + #""reference":"RFC 1035 §4.1.4"}}"# + "\n"))
  }

  @Test("a message that the capture has a part of says how much")
  func cut() {
    var builder = MessageBuilder()
    builder.addQuestion(wire("example."), .a)
    let text = line(Array(builder.bytes.dropLast(3)), declaredLength: 25)
    #expect(
      text.hasSuffix(
        #""malformed":{"offset":21,"code":"cut-by-capture","#
          + #""reason":"the capture has 22 of the message's 25 octets","reference":null}}"# + "\n"))
  }

  @Test("a message shorter than its header has nulls, empty lists and the reason")
  func headerless() {
    #expect(
      line([0x12, 0x34, 0x80]) == origin
        + #""id":null,"qr":null,"opcode":null,"rcode":null,"flags":[],"question":[],"edns":null,"counts":null,"#
        + #""answer":[],"authority":[],"additional":[],"#
        + #""malformed":{"offset":2,"code":"truncated","reason":"the data ends before the field does","#
        + #""reference":"RFC 1035 §4.1"}}"# + "\n")
  }

  @Test("octets behind the last record are counted")
  func trailing() {
    #expect(
      line(MessageBuilder().bytes + [0, 0]).hasSuffix(
        #""malformed":{"offset":12,"code":"trailing-octets","reason":"2 octets behind the last record","#
          + #""reference":"RFC 1035 §4.1"}}"# + "\n"))
  }

  @Test("options in front of a bad option length are kept")
  func badOption() {
    var builder = MessageBuilder()
    builder.addRecord([0], .opt, in: .additional, rdata: [0, 3, 0, 0, 0, 10, 0, 9, 1])
    let text = line(builder.bytes)
    #expect(text.contains(#""options":[{"code":3,"name":"NSID","data":""}]"#))
    #expect(
      text.hasSuffix(
        #""malformed":{"offset":27,"code":"option-overrun","reason":"EDNS option that runs past its record","#
          + #""reference":"RFC 6891 §6.1.2"}}"# + "\n"))
  }

  @Test("a second OPT, and one in another section, are ordinary records")
  func secondOPT() {
    var builder = MessageBuilder()
    builder.addRecord([0], .opt, in: .answer, rdata: [])
    builder.addRecord([0], .opt, RecordClass(rawValue: 512), in: .additional, rdata: [])
    builder.addRecord([0], .opt, RecordClass(rawValue: 4096), in: .additional, rdata: [])
    let text = line(builder.bytes)
    #expect(
      text.contains(
        ##""answer":[{"name":".","type":"OPT","class":"IN","ttl":3600,"rdlength":0,"rdata":"\\# 0"}]"##))
    #expect(
      text.contains(#""udp_size":512"#)
        && text.contains(#""additional":[{"name":".","type":"OPT","class":"CLASS4096""#))
  }

  @Test("TSIG stays in the additional section, and RDATA without its type's layout has the generic form")
  func generic() {
    var builder = MessageBuilder()
    builder.addRecord(
      wire("key."), .tsig, .any, in: .additional,
      rdata: wire("hmac-sha256.") + [UInt8](repeating: 0, count: 16))
    builder.addRecord(wire("a."), .a, in: .additional, rdata: [1, 2, 3])
    let text = line(builder.bytes)
    #expect(
      text.contains(
        #""type":"TSIG","class":"ANY","ttl":3600,"rdlength":29,"rdata":"hmac-sha256. 0 0 0 \"\" 0 NOERROR 0"}"#
      ))
    #expect(text.contains(##""rdlength":3,"rdata":"\\# 3 010203"}"##))
  }

  @Test("the elements of a DSO message stand in their own member, and are no junk (RFC 8490 §5.4)")
  func statefulOperation() {
    var builder = MessageBuilder(flags: 0x3000)
    builder.body = [0, 1, 0, 8, 0, 0, 0x3a, 0x98, 0, 0, 0x27, 0x10] + [0xf8, 0, 0, 1, 0xab]
    #expect(
      line(builder.bytes).hasSuffix(
        #""counts":{"qd":0,"an":0,"ns":0,"ar":0},"dso":["#
          + #"{"type":1,"name":"KEEPALIVE","data":"00003a9800002710","text":"inactivity 15000 ms, interval 10000 ms"},"#
          + #"{"type":63488,"data":"ab"}],"answer":[],"authority":[],"additional":[],"malformed":null}"#
          + "\n"))
    #expect(line(MessageBuilder(flags: 0xb000).bytes).contains(#""dso":[],"answer":[]"#))
    builder.body += [0, 1, 0]
    #expect(
      line(builder.bytes).hasSuffix(
        #""malformed":{"offset":29,"code":"operation-overrun","reason":"DSO element that runs past the message","#
          + #""reference":"RFC 8490 §5.4.4"}}"# + "\n"))
  }

  @Test("a DSO message with counts has records, and octets behind them are junk there")
  func operationWithCounts() {
    var builder = MessageBuilder(flags: 0x3000)
    builder.addQuestion(wire("a."), .a)
    builder.body += [0, 1, 0, 0]
    let text = line(builder.bytes)
    #expect(text.contains(#""question":[{"name":"a.""#) && !text.contains(#""dso""#))
    #expect(text.contains(#""code":"trailing-octets","reason":"4 octets behind the last record""#))
  }

  @Test("a dynamic update shows deletions of class ANY and NONE with empty RDATA of any type (RFC 2136 §2.5)")
  func update() {
    var builder = MessageBuilder(flags: 0x2800)
    builder.addQuestion(wire("Example."), .soa)
    builder.addRecord(wire("a."), .any, .any, ttl: 0, rdata: [])
    builder.addRecord(wire("b."), .srv, .none, ttl: 0, rdata: [])
    builder.addRecord(wire("c."), .mx, .any, in: .authority, ttl: 0, rdata: [])
    builder.addRecord(wire("d."), .a, .none, in: .authority, ttl: 0, rdata: [192, 0, 2, 1])
    let text = line(builder.bytes)
    #expect(text.contains(#""opcode":"UPDATE""#) && text.contains(#""malformed":null"#))
    for (name, type, recordClass) in [("a", "ANY", "ANY"), ("b", "SRV", "NONE"), ("c", "MX", "ANY")] {
      let start = #"{"name":"\#(name).","type":"\#(type)","class":"\#(recordClass)","#
      #expect(text.contains(start + ##""ttl":0,"rdlength":0,"rdata":"\\# 0"}"##))
    }
    #expect(text.contains(#""type":"A","class":"NONE","ttl":0,"rdlength":4,"rdata":"192.0.2.1"}"#))
  }

  @Test("other opcodes, no question or several, and an inverse query's answer without a question are shown")
  func opcodes() {
    for (number, word) in [(1, "IQUERY"), (2, "STATUS"), (3, "OPCODE3"), (4, "NOTIFY"), (15, "OPCODE15")] {
      var builder = MessageBuilder(flags: UInt16(number) << 11)
      builder.addRecord([0], .a, rdata: [192, 0, 2, 1])
      let text = line(builder.bytes)
      #expect(text.contains(#""opcode":"\#(word)""#) && text.contains(#""question":[]"#))
      #expect(text.contains(#""rdata":"192.0.2.1""#) && text.contains(#""malformed":null"#))
    }
    var builder = MessageBuilder()
    builder.addQuestion(wire("a."), .a)
    builder.addQuestion(pointer(12), .aaaa, RecordClass(rawValue: 0x8001))
    #expect(
      line(builder.bytes).contains(
        #""question":[{"name":"a.","type":"A","class":"IN"},{"name":"a.","type":"AAAA","class":"CLASS32769"}]"#
      ))
  }

  @Test("SIG(0) and TKEY stay in the additional section with their text (RFC 2931, RFC 2930)")
  func transactionRecords() {
    var builder = MessageBuilder()
    builder.addRecord(
      [0], .sig, .any, in: .additional, ttl: 0,
      rdata: [0, 0, 13, 0] + octets(0 as UInt32) + octets(1 as UInt32) + octets(0 as UInt32) + [0, 7]
        + wire("Key.") + [1, 2, 3])
    builder.addRecord(
      wire("Key."), .tkey, .any, in: .additional, ttl: 0,
      rdata: wire("gss-tsig.") + [UInt8](repeating: 0, count: 16))
    let text = line(builder.bytes)
    #expect(text.contains(#""rdata":"TYPE0 13 0 0 19700101000001 19700101000000 7 Key. AQID"}"#))
    #expect(text.contains(#""name":"Key.","type":"TKEY","class":"ANY""#))
    #expect(text.contains(#""rdata":"gss-tsig. 0 0 0 0 \"\""}"#))
  }

  @Test("in NetBIOS messages the types 32 and 33 are numbers, since they are not NIMLOC and SRV there")
  func netBIOS() {
    var builder = MessageBuilder(flags: 0x8500)
    builder.addRecord(wire("a."), .nimloc, rdata: [0x40, 0, 192, 0, 2, 1])
    builder.addRecord(wire("a."), .srv, rdata: [0, 1, 0, 2, 0, 3] + wire("b."))
    let text = line(builder.bytes, protocolName: .nbns)
    #expect(
      text.contains(##""type":"TYPE32","class":"IN","ttl":3600,"rdlength":6,"rdata":"\\# 6 4000C0000201"}"##))
    #expect(text.contains(##""type":"TYPE33","class":"IN","ttl":3600,"rdlength":9,"rdata":"\\# 9 "##))
    #expect(
      line(builder.bytes).contains(#""type":"SRV","class":"IN","ttl":3600,"rdlength":9,"rdata":"1 2 3 b."}"#))
  }

  @Test("hostile names and texts arrive escaped")
  func hostile() {
    var builder = MessageBuilder(flags: 0x8000)
    builder.addQuestion([5] + Array("\u{1b}[31m".utf8) + [0], .a)
    builder.addRecord(
      [4, 0xe2, 0x80, 0xae, 0x22, 0], .txt, rdata: characterString("<script>alert(1)</script>"))
    builder.addRecord([0], .opt, in: .additional, rdata: [0, 15, 0, 5, 0, 0, 0xe2, 0x80, 0xae])
    let text = line(builder.bytes)
    #expect(text.dropLast().utf8.allSatisfy { (0x20...0x7e).contains($0) })
    #expect(text.contains(#"{"name":"\\027[31m.""#) && text.contains(#""name":"\\226\\128\\174\\\".""#))
    #expect(text.contains(#""text":"0 (Other Error): \u202e""#))
  }

  @Test("random messages of all types, cut at any length, give one line of visible characters each")
  func cutAnywhere() {
    var source = RandomRData(seed: 0x5eed_0307)
    for _ in 0..<12 {
      let bytes = source.message(records: 9, longest: 120).encoded(compressing: true)
      for length in 0...bytes.count {
        let text = line(Array(bytes[..<length]))
        let isVisible = text.unicodeScalars.dropLast().allSatisfy { $0.isVisible }
        #expect(text.hasPrefix(origin) && text.hasSuffix("}\n") && isVisible)
        #expect(length == bytes.count || text.contains(#""malformed":{"offset":"#))
      }
    }
  }

  @Test("messages damaged at random octets, or cut, give one line of visible characters each")
  func damaged() {
    var builder = MessageBuilder(flags: 0x8580)
    builder.addQuestion(wire("www.example."), .https)
    builder.addRecord(pointer(12), .https, rdata: [0, 1, 0, 0, 1, 0, 3, 2, 0x68, 0x32])
    builder.addRecord(pointer(12), .rrsig, rdata: [UInt8](repeating: 7, count: 18) + pointer(16) + [1, 2, 3])
    builder.addRecord(pointer(16), .nsec, in: .authority, rdata: pointer(12) + [0, 1, 0x62])
    builder.addRecord([0], .opt, in: .additional, rdata: [0, 15, 0, 3, 0, 18, 0x78, 0, 8, 0, 4, 0, 1, 0, 0])
    var random = SeededRandom(seed: 0x5eed_0004)
    for _ in 0..<5_000 {
      var bytes = builder.bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
      }
      if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0...bytes.count, using: &random)) }
      let text = line(bytes)
      #expect(text.hasPrefix(origin) && text.hasSuffix("}\n"))
      let isVisible = text.unicodeScalars.dropLast().allSatisfy { $0.isVisible }
      #expect(isVisible)
    }
  }

  @Test("a zone transfer of 64 KB with 2,000 records is written whole")
  func transfer() {
    var builder = MessageBuilder(flags: 0x8400)
    builder.addQuestion(wire("example."), .axfr)
    for index in 0..<2_000 {
      builder.addRecord(
        [5] + Array("h\(1000 + index)".utf8) + pointer(12), .txt,
        rdata: characterString("record \(1000 + index)"))
    }
    #expect((60_000...65_535).contains(builder.bytes.count))
    let text = line(builder.bytes)
    #expect(
      text.hasSuffix(#""malformed":null}"# + "\n") && text.split(separator: #""rdlength":12"#).count == 2_001)
  }

  @Test("the names of a message that compression blows up are bounded, and what is left out is counted")
  func compressionBomb() throws {
    var builder = MessageBuilder(flags: 0x8000)
    let label = [63] + [UInt8](repeating: 0, count: 63)
    builder.addQuestion(label + label + label + [61] + [UInt8](repeating: 0, count: 61) + [0], .a)
    while builder.bytes.count + 18 <= 65_535 {
      builder.addRecord(pointer(12), .minfo, rdata: pointer(12) + pointer(12))
    }
    let text = line(builder.bytes), limit = 64 * builder.bytes.count
    #expect((limit...(limit + 5_000)).contains(text.utf8.count))
    let written = text.split(separator: "MINFO").count - 1
    #expect(text.contains("\(Int(builder.counts.an) - written) questions or records left out"))
  }

  @Test("a small message is bounded by 64 KB, and written whole below that")
  func smallBound() {
    let label = [63] + [UInt8](repeating: 0, count: 63)
    func message(records: Int) -> [UInt8] {
      var builder = MessageBuilder(flags: 0x8000)
      builder.addQuestion(label + label + label + [61] + label[1...61] + [0], .a)
      for _ in 0..<records { builder.addRecord(pointer(12), .ns, rdata: pointer(12)) }
      return builder.bytes
    }
    #expect(line(message(records: 22)).contains(#""malformed":null"#))
    #expect(line(message(records: 28)).contains("questions or records left out"))
  }
}

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
