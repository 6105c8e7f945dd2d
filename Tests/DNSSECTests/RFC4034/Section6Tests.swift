import Bytes
@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// RFC 4034 §3.1.8.1 and §6: the octets that a signature is made over.
@Suite struct Section6Tests {
  /// The signed octets of the only signed RRset of a message.
  private func signedData(_ build: (inout MessageBuilder) -> Void) throws -> [UInt8] {
    var builder = MessageBuilder(flags: 0x8400)
    builder.addQuestion(wire("example."), .any)
    build(&builder)
    var store = ResponseStore(), out: [UInt8] = []
    let bytes = builder.bytes
    let body = store.intern(try MessageView(bytes.span)).body
    let rrset = try #require(store.answers.answer(body.answer).rrsets.first { !$0.signatures.isEmpty })
    let rdata = store.rrsets.signature(rrset.signatures[0])
    SignedData.append(store.rrsets.rrset(rrset.rrset), signature: rdata, try RRSIGData(rdata), to: &out)
    return out
  }

  /// RDATA of an RRSIG, and the part of it that is signed.
  private func rrsig(_ covered: RecordType, labels: UInt8, ttl: UInt32, signer: String) -> [UInt8] {
    let times = octets(UInt32(2_000)) + octets(UInt32(1_000)) + octets(UInt16(4_711))
    return octets(covered.rawValue) + [13, labels] + octets(ttl) + times + wire(signer)
  }

  @Test("RFC 6605 §6.1: the octets of the printed RRSIG over www.example.net. A")
  func rfc6605() throws {
    let header = try VectorText.hex(
      "0001 0d 03 00000e10 4c88b137 4c63c737 d960 07 6578616d706c65 03 6e6574 00")
    let expected =
      header
      + (try VectorText.hex("03 777777 07 6578616d706c65 03 6e6574 00 0001 0001 00000e10 0004 c0000201"))
    let data = try signedData { builder in
      builder.addRecord(wire("WWW.Example.NET."), .a, ttl: 17, rdata: [192, 0, 2, 1])
      builder.addRecord(wire("www.example.net."), .rrsig, rdata: header + [9, 9])
    }
    #expect(data == expected)
  }

  @Test("§6.2: the TTL is the original one, the signer's and the owner's letters are folded, MX names too")
  func folded() throws {
    let header = rrsig(.mx, labels: 2, ttl: 3600, signer: "example.")
    let data = try signedData { builder in
      builder.addRecord(wire("A.Example."), .mx, ttl: 5, rdata: [0, 10] + wire("MAIL.Example."))
      builder.addRecord(
        wire("a.example."), .rrsig, rdata: rrsig(.mx, labels: 2, ttl: 3600, signer: "EXAMPLE.") + [1])
    }
    let rdata = [0, 10] + wire("mail.example.")
    #expect(
      data == header + wire("a.example.") + [0, 15, 0, 1] + octets(UInt32(3600)) + octets(UInt16(rdata.count))
        + rdata)
  }

  @Test("§6.3: records in order, equal ones once")
  func ordered() throws {
    let header = rrsig(.a, labels: 1, ttl: 60, signer: ".")
    let data = try signedData { builder in
      for last in [7, 3, 7] as [UInt8] { builder.addRecord(wire("a."), .a, rdata: [192, 0, 2, last]) }
      builder.addRecord(wire("a."), .rrsig, rdata: header + [1])
    }
    let record = { (last: UInt8) in wire("a.") + [0, 1, 0, 1] + octets(UInt32(60)) + [0, 4, 192, 0, 2, last] }
    #expect(data == header + record(3) + record(7))
  }

  @Test(
    "§6.3: records are compared as octets, left justified: nothing sorts before a zero, and 127 before 128")
  func octetOrder() throws {
    let type = RecordType(rawValue: 65_280), header = rrsig(type, labels: 1, ttl: 60, signer: ".")
    let sorted: [[UInt8]] = [[1], [1, 0], [1, 0, 0], [1, 127], [1, 128], [2]]
    let data = try signedData { builder in
      for rdata in sorted.shuffled() { builder.addRecord(wire("a."), type, rdata: rdata) }
      builder.addRecord(wire("a."), .rrsig, rdata: header + [1])
    }
    let head = wire("a.") + octets(type.rawValue) + [0, 1] + octets(UInt32(60))
    #expect(data == header + sorted.flatMap { head + octets(UInt16($0.count)) + $0 })
  }

  @Test("RFC 6840 §5.1: the next name of an NSEC keeps its letters, the signer's name does not")
  func nextName() throws {
    let header = rrsig(.nsec, labels: 2, ttl: 60, signer: "example.")
    let rdata = wire("NEXT.Example.") + [0, 1, 0x40]
    let data = try signedData { builder in
      builder.addRecord(wire("a.example."), .nsec, rdata: rdata)
      builder.addRecord(
        wire("a.example."), .rrsig, rdata: rrsig(.nsec, labels: 2, ttl: 60, signer: "Example.") + [1])
    }
    let head = wire("a.example.") + [0, 47, 0, 1] + octets(UInt32(60)) + octets(UInt16(rdata.count))
    #expect(data == header + head + rdata)
  }

  @Test(
    "§3.1.3: an owner that has more labels than were signed is replaced by its wildcard",
    arguments: [
      ("a.b.example.", 3, "a.b.example."), ("a.b.example.", 2, "*.b.example."),
      ("a.b.example.", 1, "*.example."),
      ("a.b.example.", 0, "*."), ("*.example.", 1, "*.example."), ("*.example.", 0, "*."),
      ("example.", 9, "example."),
    ] as [(String, Int, String)])
  func wildcards(owner: String, labels: Int, signed: String) {
    #expect(SignedData.signedOwner(domainName(owner), labels: labels).wire == wire(signed))
  }

  @Test("§3.1.3: neither root nor a leading asterisk is counted, one further down is")
  func labelCount() {
    for (name, count) in [(".", 0), ("*.", 0), ("example.", 1), ("*.example.", 1), ("a.*.example.", 3)] {
      #expect(SignedData.labelCount(domainName(name)) == count, "\(name)")
    }
  }
}
