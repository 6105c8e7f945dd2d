import DNSSEC
import DNSWire
import Findings
import Packets
import TestSupport
import Testing

/// What one message may cost.
@Suite struct WorkLimitTests {
  /// The limits in force.
  private static let limits = ValidationLimits()

  @Test("as many RRSIGs and keys as the limits allow are all tried")
  func below() throws {
    let run = try trapped(
      keys: Self.limits.keysPerSignature, rrsets: 1, signatures: Self.limits.signaturesPerRRset)
    #expect(run.summary.signaturesVerified == Self.limits.keysPerSignature * Self.limits.signaturesPerRRset)
    #expect(skipped(run) == 0)
    #expect(statuses(run).allSatisfy { $0 == .failed })
  }

  @Test("one RRSIG more than the limit of an RRset is left untried, and said so")
  func signatures() throws {
    let run = try trapped(
      keys: Self.limits.keysPerSignature, rrsets: 1, signatures: Self.limits.signaturesPerRRset + 1)
    #expect(run.summary.signaturesVerified == Self.limits.keysPerSignature * Self.limits.signaturesPerRRset)
    #expect(skipped(run) == 1)
    #expect(statuses(run).filter { $0 == .skippedLimit }.count == 1)
  }

  @Test("keys beyond the limit of an RRSIG are left untried")
  func keys() throws {
    let run = try trapped(keys: Self.limits.keysPerSignature + 1, rrsets: 1, signatures: 1)
    #expect(run.summary.signaturesVerified == Self.limits.keysPerSignature)
  }

  @Test(
    "a message full of RRSIGs, and keys that all have their tag, costs no more than the limit of a message")
  func trap() throws {
    let run = try trapped(keys: 300, rrsets: 30, signatures: 10)
    #expect(run.summary.signaturesSeen == 300)
    #expect(run.summary.signaturesVerified == Self.limits.verificationsPerMessage)
    let tried = Self.limits.verificationsPerMessage / Self.limits.keysPerSignature
    #expect(skipped(run) == 300 - tried)
  }

  @Test("the limit is that of one message: two of them cost twice as much")
  func twoMessages() throws {
    let run = try trapped(keys: 8, rrsets: 30, signatures: 10, messages: 2)
    #expect(run.summary.signaturesVerified == 2 * Self.limits.verificationsPerMessage)
  }

  /// The audit of a capture that shows some keys with one tag, and answers with RRSIGs that these might have made.
  private func trapped(keys: Int, rrsets: Int, signatures: Int, messages: Int = 1) throws -> AuditRun {
    let zone = domainName("trap.test.")
    var trap = try KeyTrap(zone: zone, keyCount: keys), capture = ZoneCapture(start: ControlWorld.start)
    capture.exchanges.append(ZoneExchange(zone, .dnskey, trap.keyResponse(), zone: zone, id: 1))
    for number in 0..<messages {
      let name = try #require(zone.child(Array("www\(number)".utf8)))
      let answer = trap.trap(name, rrsets: rrsets, signatures: signatures)
      capture.exchanges.append(ZoneExchange(name, .a, answer, zone: zone, id: 2))
    }
    return try AuditRun([capture.file()], anchors: try ControlWorld.shared.get().anchor)
  }

  /// RRSIGs that the summary counts as left untried.
  private func skipped(_ run: AuditRun) -> Int {
    run.summary.oddities.first { $0.oddity == MessageOddity.signaturesSkippedByLimit.oddity }?.count ?? 0
  }

  /// What became of all RRSIGs.
  private func statuses(_ run: AuditRun) -> [SignatureStatus] {
    run.responses.flatMap { $0.rrsets.flatMap { $0.signatures.map(\.status) } }
  }
}
