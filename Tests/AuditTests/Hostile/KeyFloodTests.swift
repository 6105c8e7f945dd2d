import DNSSEC
import DNSWire
import TestSupport
import Testing

/// Forged key sets that want to crowd out the true one.
@Suite struct KeyFloodTests {
  @Test("forged keys that have the tag of a true key do not keep it from verifying", arguments: [1, 4, 40])
  func crowd(_ count: Int) throws {
    let world = try ControlWorld.shared.get(), zone = domainName("sha256.test.")
    var capture = world.capture
    let genuine = try #require(capture.exchanges.first { $0.name == zone && $0.type == .dnskey })
    let keys = try #require(genuine.answer.answer.first).rrset.rdata
    let forged = keys.flatMap { key in (0..<count).map { Self.shuffled(key, $0) } }
    let answer = ZoneAnswer(
      kind: .positive, answer: [AnsweredRRset(rrset: ZoneRRset(zone, .dnskey, forged))])
    capture.exchanges.insert(ZoneExchange(zone, .dnskey, answer, zone: zone, id: 99), at: 0)
    let run = try AuditRun([capture.file()], anchors: world.anchor)
    for event in run.responses.dropFirst() {
      let exchange = capture.exchanges[event.frame / 2 - 1]
      #expect(
        event.verdict.security == ControlWorld.expectedWord(of: exchange),
        "\(exchange.name) \(exchange.type.mnemonic): \(event.verdict.reason)")
    }
    #expect(run.responses.first.map { $0.verdict.security != .secure } ?? false)
  }

  @Test(
    "nor do forged sets that hold the true key-signing key beside them and RRSIGs that it has not made",
    arguments: [1, 20])
  func borrowedKey(_ sets: Int) throws {
    let world = try ControlWorld.shared.get(), zone = domainName("sha256.test.")
    var capture = world.capture
    let genuine = try #require(capture.exchanges.first { $0.name == zone && $0.type == .dnskey })
    let answered = try #require(genuine.answer.answer.first)
    let (first, last) = (try #require(answered.rrset.rdata.first), try #require(answered.rrset.rdata.last))
    for set in 0..<sets {
      let forged = (0..<6).map { Self.shuffled(last, 6 * (set % 10) + $0) }
      let rrset = ZoneRRset(
        zone, .dnskey, ttl: 60 + UInt32(set), [first] + forged + [ZoneRData.a(UInt8(set)) + [0]])
      let answer = ZoneAnswer(
        kind: .positive, answer: [AnsweredRRset(rrset: rrset, signatures: answered.signatures)])
      capture.exchanges.insert(ZoneExchange(zone, .dnskey, answer, zone: zone, id: UInt16(set)), at: 0)
    }
    let words = try AuditRun([capture.file()], anchors: world.anchor).words
    for (index, exchange) in capture.exchanges.enumerated().dropFirst(sets) {
      let word = words[ZoneCapture.responseFrame(index)]
      #expect(word == ControlWorld.expectedWord(of: exchange), "\(exchange.name) \(exchange.type.mnemonic)")
    }
  }

  /// The key with two of the 16-bit words of its modulus exchanged, which leaves its tag as it is (RFC 4034 §B).
  private static func shuffled(_ rdata: [UInt8], _ index: Int) -> [UInt8] {
    let start = rdata.count - 126
    var copy = rdata
    for offset in 0..<2 { copy.swapAt(start + offset, start + 2 * (index + 1) + offset) }
    return copy
  }
}
