import Audit
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
    #expect(statuses(run) == [.skippedLimit])
  }

  @Test(
    "a message full of RRSIGs, and keys that all have their tag, costs no more than the limit of a message")
  func trap() throws {
    let run = try trapped(keys: 300, rrsets: 30, signatures: 10)
    #expect(run.summary.signaturesSeen == 300)
    #expect(run.summary.signaturesVerified == Self.limits.verificationsPerMessage)
    // Even those that were tried were not tried with every key.
    #expect(skipped(run) == 300)
  }

  @Test("such a message is one finding, with what it would have cost; one within the limits is none")
  func finding() throws {
    let run = try trapped(keys: 60, rrsets: 30, signatures: 10, messages: 2)
    let found = run.findings.filter { $0.rule == .keyTrap }
    let trap = try #require(found.first)
    #expect(found.count == 1 && trap.severity == .high && trap.frames == [4, 6] && trap.count == 2)
    #expect(trap.servers == [Host.server] && trap.clients == [Host.client])
    #expect(trap.number("rrsigs") == 300 && trap.number("rrsigs_skipped") == 300)
    #expect(trap.texts("colliding_tags").first?.contains(": 60 keys") ?? false)
    #expect(trap.references.contains("CVE-2023-50387") && !trap.benignExplanations.isEmpty)
    let calm = try trapped(
      keys: Self.limits.keysPerSignature, rrsets: 1, signatures: Self.limits.signaturesPerRRset)
    #expect(!calm.findings.contains { $0.rule == .keyTrap })
  }

  @Test("a message seen again with other TTLs costs nothing more")
  func repeated() throws {
    let zone = domainName("trap.test.")
    var trap = try KeyTrap(zone: zone, keyCount: 60),
      capture = ZoneCapture(start: ControlWorld.start * 1_000_000_000)
    capture.exchanges.append(ZoneExchange(zone, .dnskey, trap.keyResponse(), zone: zone, id: 1))
    var answer = trap.trap(zone, rrsets: 4, signatures: 8)
    for ttl: UInt32 in [3600, 3599, 3598] {
      for index in answer.answer.indices { answer.answer[index].rrset.ttl = ttl }
      capture.exchanges.append(ZoneExchange(zone, .a, answer, zone: zone, id: 2))
    }
    let run = try AuditRun([capture.file()], anchors: try ControlWorld.shared.get().anchor)
    #expect(run.summary.signaturesVerified == Self.limits.verificationsPerMessage)
  }

  @Test("a DNSKEY RRset with more keys than are looked at is told of as well")
  func manyKeys() throws {
    let run = try trapped(keys: Self.limits.recordsPerKeySet + 6, rrsets: 0, signatures: 0, messages: 0)
    let found = try #require(run.findings.first { $0.rule == .keyTrap })
    #expect(found.frames == [2] && found.number("records_left_out") == 6)
  }

  @Test("genuine answers beside messages that are made to cost work keep their words")
  func genuine() throws {
    let world = try ControlWorld.shared.get(), zone = domainName("sha256.test.")
    var capture = world.capture, trap = try KeyTrap(zone: zone, keyCount: 300)
    capture.exchanges.append(ZoneExchange(zone, .dnskey, trap.keyResponse(), zone: zone, id: 1))
    for number in 0..<3 {
      let name = try #require(zone.child(Array("trap\(number)".utf8)))
      let answer = trap.trap(name, rrsets: 20, signatures: 12)
      capture.exchanges.append(ZoneExchange(name, .a, answer, zone: zone, id: 2))
    }
    let calm = try AuditRun([world.capture.file()], anchors: world.anchor)
    let run = try AuditRun([capture.file()], anchors: world.anchor)
    for (frame, word) in calm.words { #expect(run.words[frame] == word, "frame \(frame)") }
    let cost = run.summary.signaturesVerified - calm.summary.signaturesVerified
    #expect(cost <= 3 * Self.limits.verificationsPerMessage + 64 * Self.limits.signaturesPerRRset)
    #expect(run.findings.contains { $0.rule == .keyTrap })
  }

  @Test("other limits are taken from the configuration")
  func configured() throws {
    let run = try trapped(keys: 60, rrsets: 30, signatures: 10) { configuration in
      configuration.limits[.verificationsPerMessage] = 5
      configuration.limits[.keysPerSignature] = 2
    }
    #expect(run.summary.signaturesVerified == 5)
  }

  @Test("the limit is that of one message: two of them cost twice as much")
  func twoMessages() throws {
    let run = try trapped(keys: 8, rrsets: 30, signatures: 10, messages: 2)
    #expect(run.summary.signaturesVerified == 2 * Self.limits.verificationsPerMessage)
  }

  /// The audit of a capture that shows some keys with one tag, and answers with RRSIGs that these might have made.
  private func trapped(
    keys: Int, rrsets: Int, signatures: Int, messages: Int = 1,
    _ configure: (inout AuditConfiguration) -> Void = { _ in }
  ) throws -> AuditRun {
    let zone = domainName("trap.test.")
    var trap = try KeyTrap(zone: zone, keyCount: keys),
      capture = ZoneCapture(start: ControlWorld.start * 1_000_000_000)
    capture.exchanges.append(ZoneExchange(zone, .dnskey, trap.keyResponse(), zone: zone, id: 1))
    for number in 0..<messages {
      let name = try #require(zone.child(Array("www\(number)".utf8)))
      let answer = trap.trap(name, rrsets: rrsets, signatures: signatures)
      capture.exchanges.append(ZoneExchange(name, .a, answer, zone: zone, id: 2))
    }
    return try AuditRun([capture.file()], anchors: try ControlWorld.shared.get().anchor, configure)
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
