import DNSWire
import TestSupport
import Testing

@Suite("Lines of messages that are no queries or are not of unicast DNS") struct MessageProtocolTests {
  @Test("the elements of a DSO message stand in their own member, and are no junk (RFC 8490 §5.4)")
  func statefulOperation() {
    var builder = MessageBuilder(flags: 0x3000)
    builder.body = [0, 1, 0, 8, 0, 0, 0x3a, 0x98, 0, 0, 0x27, 0x10] + [0xf8, 0, 0, 1, 0xab]
    #expect(
      messageLine(builder.bytes).hasSuffix(
        #""counts":{"qd":0,"an":0,"ns":0,"ar":0},"dso":["#
          + #"{"type":1,"name":"KEEPALIVE","data":"00003a9800002710","text":"inactivity 15000 ms, interval 10000 ms"},"#
          + #"{"type":63488,"data":"ab"}],"answer":[],"authority":[],"additional":[],"malformed":null}"#
          + "\n"))
    #expect(messageLine(MessageBuilder(flags: 0xb000).bytes).contains(#""dso":[],"answer":[]"#))
    builder.body += [0, 1, 0]
    #expect(
      messageLine(builder.bytes).hasSuffix(
        #""malformed":{"offset":29,"code":"operation-overrun","reason":"DSO element that runs past the message","#
          + #""reference":"RFC 8490 §5.4.4"}}"# + "\n"))
  }

  @Test("a DSO message with counts has records, and octets behind them are junk there")
  func operationWithCounts() {
    var builder = MessageBuilder(flags: 0x3000)
    builder.addQuestion(wire("a."), .a)
    builder.body += [0, 1, 0, 0]
    let text = messageLine(builder.bytes)
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
    let text = messageLine(builder.bytes)
    #expect(text.contains(#""opcode":"UPDATE""#) && text.contains(#""malformed":null"#))
    for (name, type, recordClass) in [("a", "ANY", "ANY"), ("b", "SRV", "NONE"), ("c", "MX", "ANY")] {
      let start = #"{"name":"\#(name).","type":"\#(type)","class":"\#(recordClass)","#
      #expect(text.contains(start + ##""ttl":0,"rdlength":0,"rdata":"\\# 0"}"##))
    }
    #expect(text.contains(#""type":"A","class":"NONE","ttl":0,"rdlength":4,"rdata":"192.0.2.1"}"#))
  }

  @Test("in NetBIOS messages the types 32 and 33 are numbers, since they are not NIMLOC and SRV there")
  func netBIOS() {
    var builder = MessageBuilder(flags: 0x8500)
    builder.addRecord(wire("a."), .nimloc, rdata: [0x40, 0, 192, 0, 2, 1])
    builder.addRecord(wire("a."), .srv, rdata: [0, 1, 0, 2, 0, 3] + wire("b."))
    let text = messageLine(builder.bytes, protocolName: .nbns)
    #expect(
      text.contains(##""type":"TYPE32","class":"IN","ttl":3600,"rdlength":6,"rdata":"\\# 6 4000C0000201"}"##))
    #expect(text.contains(##""type":"TYPE33","class":"IN","ttl":3600,"rdlength":9,"rdata":"\\# 9 "##))
    #expect(
      messageLine(builder.bytes).contains(
        #""type":"SRV","class":"IN","ttl":3600,"rdlength":9,"rdata":"1 2 3 b."}"#))
  }
}
