import Audit
import DNSSEC
import DNSWire
import Findings
import TestSupport
import Testing

/// Messages that make a validator hash (CVE-2023-50868).
@Suite struct NSEC3FloodTests {
  /// The limits in force.
  private static let limits = ValidationLimits()
  /// As much as a zone may ask for within the limit on iterations.
  private static let costly = DenialMethod.nsec3(salt: [UInt8](repeating: 7, count: 255), iterations: 150)

  /// A name with so many labels below `test.`, told apart by a number.
  private func deep(_ zone: SignedZone, _ labels: Int, _ number: Int) -> Name {
    zone.below(String(repeating: "a.", count: labels - 1) + "n\(number)")
  }

  /// A talk in which a delegation of the zone was seen: whether others lie on the way to a name is asked for each name.
  private func talk(_ denial: DenialMethod = costly) throws -> ResolverTalk {
    var talk = try ResolverTalk(denial)
    let sub = try talk.tree.add("sub.test.", nil)
    sub.add("www", .a, ZoneRData.a(9))
    try talk.talk.resolve(sub.below("www"), .a)
    try talk.talk.resolve(talk.zone.below("www"), .a)
    return talk
  }

  @Test("the denial of a deep name is proven within the limits, and its cost is told")
  func deepDenial() throws {
    var talk = try talk()
    try talk.talk.resolve(deep(talk.zone, 100, 1), .a)
    let run = try talk.run(), last = try #require(run.responses.last)
    #expect(last.verdict.security == .secure, "\(last.verdict.reason)")
    let found = try #require(run.findings(.nsec3Work).first)
    #expect(found.severity == .low && found.text("kind") == "costly" && found.frames.contains(last.frame))
    #expect(found.number("salt_octets") == 255 && found.number("iterations") == 150)
    #expect((found.number("hashes") ?? 0) >= 100 && (found.number("sha1_blocks") ?? 0) > 50_000)
    #expect(found.references.contains("CVE-2023-50868"))
  }

  @Test("an ordinary denial costs a few hashes and is no finding")
  func ordinary() throws {
    var talk = try talk(.nsec3(salt: [1, 2, 3, 4, 5, 6, 7, 8], iterations: 10))
    try talk.talk.resolve(talk.zone.below("absent"), .a)
    let run = try talk.run()
    #expect(run.findings(.nsec3Work).isEmpty)
    #expect((3...24).contains(run.summary.nsec3Hashes), "\(run.summary.nsec3Hashes)")
  }

  @Test(
    "a message full of deep names costs no more hashes than the limit, and genuine answers keep their words")
  func manyNames() throws {
    var talk = try talk()
    let before = try talk.run()
    var flood = ZoneAnswer(kind: .positive)
    for number in 0..<200 {
      let rrset = ZoneRRset(deep(talk.zone, 100, number), .a, [ZoneRData.a(1)])
      flood.answer.append(AnsweredRRset(rrset: rrset))
    }
    talk.say("n0.test.", .a, flood)
    try talk.talk.resolve(talk.zone.below("www"), .a)
    let run = try talk.run()
    #expect(
      run.summary.nsec3Hashes - before.summary.nsec3Hashes <= Self.limits.denial.maximumHashesPerMessage)
    for (frame, word) in before.words { #expect(run.words[frame] == word, "frame \(frame)") }
    #expect(run.responses.last?.verdict.security == .secure)
  }

  @Test("NSEC3 records that the zone did not sign cost nothing")
  func forgedParameters() throws {
    var talk = try talk(.nsec3())
    let before = try talk.run()
    for salt in UInt8(1)...20 {
      let types = ZoneRData.typeBitmap([.ns]), hash = [UInt8](repeating: salt, count: 20)
      let rdata = [1, 0] + octets(UInt16(150)) + [1, salt] + [20] + hash + types
      let owner = talk.zone.below(String(repeating: "0", count: 31) + "g")
      let rrset = ZoneRRset(owner, .nsec3, [rdata])
      var signature = try #require(try talk.zone.signed(rrset).signatures.first)
      signature[signature.count - 1] ^= 1
      let answer = ZoneAnswer(
        kind: .noData, authority: [AnsweredRRset(rrset: rrset, signatures: [signature])])
      talk.say("mail.test.", .ds, answer, response: 0x8400)
    }
    let names = before.responses.count
    let run = try talk.run()
    // The names of the forged records themselves are asked about with the zone's own parameters.
    #expect(run.summary.nsec3Hashes <= before.summary.nsec3Hashes + 4)
    #expect(run.responses.count == names + 20)
  }

  @Test("more iterations than the limit are one finding of the zone, with the code of RFC 8914")
  func iterations() throws {
    var talk = try ResolverTalk(.nsec3(iterations: 151))
    for host in 0..<3 { try talk.talk.resolve(talk.zone.below("absent\(host)"), .a) }
    let run = try talk.run(), found = run.findings(.nsec3Work)
    #expect(found.map(\.count) == [3] && found.first?.text("kind") == "iterations")
    #expect(found.first?.severity == .low && found.first?.number("iterations") == 151)
    #expect(run.responses.last?.verdict.ede == 27)
  }

  @Test("a denial stopped by the limit on hashes is bogus and a finding of medium severity")
  func stopped() throws {
    var talk = try ResolverTalk(.nsec3())
    try talk.talk.resolve(talk.zone.below("absent"), .a)
    let run = try AuditRun([talk.talk.capture.file()], anchors: talk.tree.anchorLine) {
      $0.limits[.hashesPerDenial] = 2
    }
    let found = try #require(run.findings(.nsec3Work).first)
    #expect(found.severity == .medium && found.text("kind") == "hash-limit")
    #expect(run.responses.last?.verdict.reason.contains("limit of 2") ?? false)
  }
}
