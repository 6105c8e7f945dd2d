import DNSWire
import Testing

@Suite struct MnemonicTests {
  @Test("types, classes, opcodes and response codes have their registered mnemonics")
  func registered() {
    #expect(RecordType.a.mnemonic == "A")
    #expect(RecordType(rawValue: 23).mnemonic == "NSAP-PTR")
    #expect(RecordType.any.mnemonic == "ANY")
    #expect(RecordType(rawValue: 32769).mnemonic == "DLV")
    #expect(
      [1, 3, 4, 254, 255].map { RecordClass(rawValue: $0).mnemonic } == ["IN", "CH", "HS", "NONE", "ANY"])
    #expect([0, 4, 5].map { Opcode(rawValue: $0).mnemonic } == ["QUERY", "NOTIFY", "UPDATE"])
    #expect(
      [0, 3, 16, 23].map { ResponseCode(rawValue: $0).mnemonic } == [
        "NOERROR", "NXDOMAIN", "BADVERS", "BADCOOKIE",
      ])
    #expect(SecurityAlgorithm(rawValue: 7).mnemonic == "RSASHA1-NSEC3-SHA1")
    #expect([1, 2, 4].map { DSDigestType(rawValue: $0).mnemonic } == ["SHA-1", "SHA-256", "SHA-384"])
  }

  @Test("numbers without a mnemonic are written with the registry's prefix")
  func unregistered() {
    #expect(RecordType(rawValue: 65280).mnemonic == "TYPE65280")
    #expect(RecordType(rawValue: 0).mnemonic == "TYPE0")
    #expect(RecordClass(rawValue: 32).mnemonic == "CLASS32")
    #expect(Opcode(rawValue: 15).mnemonic == "OPCODE15")
    #expect(ResponseCode(rawValue: 24).mnemonic == "RCODE24")
    #expect(SecurityAlgorithm(rawValue: 99).mnemonic == "ALGORITHM99")
    #expect(DSDigestType(rawValue: 99).mnemonic == "DIGEST99")
  }

  @Test("every number of a registry is read back from its mnemonic, in lower case too")
  func roundTrip() {
    for number in 0...UInt16.max {
      let type = RecordType(rawValue: number)
      #expect(RecordType(mnemonic: type.mnemonic.lowercased()) == type)
      #expect(RecordType(mnemonic: "TYPE\(number)") == type)
    }
    for number in UInt16(0)...300 {
      #expect(RecordClass(mnemonic: RecordClass(rawValue: number).mnemonic)?.rawValue == number)
      #expect(ResponseCode(mnemonic: ResponseCode(rawValue: number).mnemonic)?.rawValue == number)
    }
    for number in UInt8(0)...255 {
      #expect(SecurityAlgorithm(mnemonic: SecurityAlgorithm(rawValue: number).mnemonic)?.rawValue == number)
      #expect(DSDigestType(mnemonic: DSDigestType(rawValue: number).mnemonic)?.rawValue == number)
    }
    for number in UInt8(0)...15 {
      #expect(Opcode(mnemonic: Opcode(rawValue: number).mnemonic)?.rawValue == number)
    }
    #expect(RecordType(mnemonic: "*") == .any)
  }

  @Test(
    "what is no mnemonic is refused",
    arguments: [
      "", "TYPE", "TYPE65536", "TYPE-1", "TYPE+1", "TYPE1 ", "TYPE99999999999999999999", "NOSUCH", "1",
    ])
  func refused(text: String) {
    #expect(RecordType(mnemonic: text) == nil)
  }

  @Test("numbers beyond a field's width are refused")
  func tooWide() {
    #expect(Opcode(mnemonic: "OPCODE16") == nil)
    #expect(SecurityAlgorithm(mnemonic: "ALGORITHM256") == nil)
    #expect(DSDigestType(mnemonic: "DIGEST256") == nil)
  }
}
