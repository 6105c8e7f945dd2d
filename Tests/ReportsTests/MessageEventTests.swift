import DNSWire
import Packets
import TestSupport
import Testing

@Suite("Lines of messages") struct MessageEventTests {
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
      messageLine(builder.bytes) == messageOrigin
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
    let text = messageLine(
      MessageBuilder().bytes,
      network: NetworkTraits(ipTTL: 57, identification: 4_369, flags: flags, trafficClass: 184))
    #expect(
      text.contains(
        #""dst_port":40000,"ip_ttl":57,"ip_id":4369,"df":true,"tos":184,"ttls_differ":true,"tail_first":true,"id":"#
      ))
  }

  @Test("a message of several packets lists them, and one of several captures says which")
  func frames() {
    let text = messageLine(MessageBuilder().bytes, frames: [3, 5, 7], file: 1)
    #expect(text.hasPrefix(#"{"event":"message","file":1,"frame":7,"frames":[3,5,7],"time""#))
    #expect(
      text.hasSuffix(
        #""edns":null,"counts":{"qd":0,"an":0,"ns":0,"ar":0},"answer":[],"authority":[],"additional":[],"malformed":null}"#
          + "\n"))
  }

  @Test("a second OPT, and one in another section, are ordinary records")
  func secondOPT() {
    var builder = MessageBuilder()
    builder.addRecord([0], .opt, in: .answer, rdata: [])
    builder.addRecord([0], .opt, RecordClass(rawValue: 512), in: .additional, rdata: [])
    builder.addRecord([0], .opt, RecordClass(rawValue: 4096), in: .additional, rdata: [])
    let text = messageLine(builder.bytes)
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
    let text = messageLine(builder.bytes)
    #expect(
      text.contains(
        #""type":"TSIG","class":"ANY","ttl":3600,"rdlength":29,"rdata":"hmac-sha256. 0 0 0 \"\" 0 NOERROR 0"}"#
      ))
    #expect(text.contains(##""rdlength":3,"rdata":"\\# 3 010203"}"##))
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
    let text = messageLine(builder.bytes)
    #expect(text.contains(#""rdata":"TYPE0 13 0 0 19700101000001 19700101000000 7 Key. AQID"}"#))
    #expect(text.contains(#""name":"Key.","type":"TKEY","class":"ANY""#))
    #expect(text.contains(#""rdata":"gss-tsig. 0 0 0 0 \"\""}"#))
  }

  @Test("other opcodes, no question or several, and an inverse query's answer without a question are shown")
  func opcodes() {
    for (number, word) in [(1, "IQUERY"), (2, "STATUS"), (3, "OPCODE3"), (4, "NOTIFY"), (15, "OPCODE15")] {
      var builder = MessageBuilder(flags: UInt16(number) << 11)
      builder.addRecord([0], .a, rdata: [192, 0, 2, 1])
      let text = messageLine(builder.bytes)
      #expect(text.contains(#""opcode":"\#(word)""#) && text.contains(#""question":[]"#))
      #expect(text.contains(#""rdata":"192.0.2.1""#) && text.contains(#""malformed":null"#))
    }
    var builder = MessageBuilder()
    builder.addQuestion(wire("a."), .a)
    builder.addQuestion(pointer(12), .aaaa, RecordClass(rawValue: 0x8001))
    #expect(
      messageLine(builder.bytes).contains(
        #""question":[{"name":"a.","type":"A","class":"IN"},{"name":"a.","type":"AAAA","class":"CLASS32769"}]"#
      ))
  }
}
