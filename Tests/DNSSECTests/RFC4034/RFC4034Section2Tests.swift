@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// RFC 4034 §2.1: which DNSKEYs may sign zone data.
@Suite struct RFC4034Section2Tests {
  /// The word on `www.test. A` that another key of `test.` has signed.
  private func word(flags: UInt16, protocolNumber: UInt8 = 3) throws -> Verdict {
    let world = try World()
    let key = try ZoneKey(algorithm: 13, flags: flags, protocolNumber: protocolNumber, seed: 5)
    world.test.add(world.test.apex, .dnskey, [key.rdata])
    return try world.word(on: "www.test.", .a) {
      $0.answer[0] = try world.signed($0.answer[0].rrset, with: key)
    }
  }

  @Test("§2.1.1: a zone key signs with SEP and without, and reserved flags are ignored")
  func flags() throws {
    for flags in [256, 257, 0x4100, 0x0102] as [UInt16] {
      #expect(try word(flags: flags).security == .secure, "\(flags)")
    }
  }

  @Test("§2.1.1: without the zone key flag, with SEP or not, a key signs nothing: bogus with code 11")
  func noZoneKey() throws {
    for flags in [0, 1, 0x4001] as [UInt16] {
      let word = try word(flags: flags)
      #expect(word.security == .bogus && word.ede == 11, "\(flags): \(word)")
    }
  }

  @Test(
    "§2.1.2: a key of another protocol than 3 signs nothing: bogus with code 9",
    arguments: [0, 2, 4, 255] as [UInt8])
  func protocolNumber(number: UInt8) throws {
    let word = try word(flags: 256, protocolNumber: number)
    #expect(word.security == .bogus && word.ede == 9 && word.reason.contains("protocol \(number)"), "\(word)")
  }
}
