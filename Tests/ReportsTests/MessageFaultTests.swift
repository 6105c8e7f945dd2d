import DNSWire
import TestSupport
import Testing

@Suite("Lines of messages with a fault") struct MessageFaultTests {
  @Test("what was decoded before a fault is kept, with the fault's offset and reason")
  func fault() {
    var builder = MessageBuilder(flags: 0x8000)
    builder.addRecord(wire("a."), .a, rdata: [1, 2, 3, 4])
    let second = builder.offset
    builder.addRecord([0x40], .a, rdata: [1, 2, 3, 4])
    let text = messageLine(builder.bytes)
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
    let text = messageLine(Array(builder.bytes.dropLast(3)), declaredLength: 25)
    #expect(
      text.hasSuffix(
        #""malformed":{"offset":21,"code":"cut-by-capture","#
          + #""reason":"the capture has 22 of the message's 25 octets","reference":null}}"# + "\n"))
  }

  @Test("a message shorter than its header has nulls, empty lists and the reason")
  func headerless() {
    #expect(
      messageLine([0x12, 0x34, 0x80]) == messageOrigin
        + #""id":null,"qr":null,"opcode":null,"rcode":null,"flags":[],"question":[],"edns":null,"counts":null,"#
        + #""answer":[],"authority":[],"additional":[],"#
        + #""malformed":{"offset":2,"code":"truncated","reason":"the data ends before the field does","#
        + #""reference":"RFC 1035 §4.1"}}"# + "\n")
  }

  @Test("octets behind the last record are counted")
  func trailing() {
    #expect(
      messageLine(MessageBuilder().bytes + [0, 0]).hasSuffix(
        #""malformed":{"offset":12,"code":"trailing-octets","reason":"2 octets behind the last record","#
          + #""reference":"RFC 1035 §4.1"}}"# + "\n"))
  }

  @Test("options in front of a bad option length are kept")
  func badOption() {
    var builder = MessageBuilder()
    builder.addRecord([0], .opt, in: .additional, rdata: [0, 3, 0, 0, 0, 10, 0, 9, 1])
    let text = messageLine(builder.bytes)
    #expect(text.contains(#""options":[{"code":3,"name":"NSID","data":""}]"#))
    #expect(
      text.hasSuffix(
        #""malformed":{"offset":27,"code":"option-overrun","reason":"EDNS option that runs past its record","#
          + #""reference":"RFC 6891 §6.1.2"}}"# + "\n"))
  }
}
