import Crypto
@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// Signatures verified while the answers come, and what is made of that in the end.
@Suite struct EarlyVerificationTests {
  /// In which order keys and what they sign come.
  enum Order: CaseIterable { case keysFirst, keysLast, keysNever }

  /// Messages of a zone: good answers, one with a damaged RRSIG, one with more RRSIGs than are tried.
  private func messages(_ order: Order) throws -> [[UInt8]] {
    let world = try World(), zone = world.test
    let good = try zone.answer(domainName("www.test."), .a)
    let damaged = good.with { $0.answer[0].signatures[0][40] ^= 1 }
    let crowded = good.with { answer in
      let first = answer.answer[0].signatures[0]
      answer.answer[0].signatures =
        (0..<12).map { number in first.with { $0[$0.count - 1] ^= UInt8(number + 1) } } + [first]
    }
    let signed = [good, damaged, crowded].map { world.say(zone, "www.test.", .a, $0).bytes }
    let keys = try world.ask(zone, "test.", .dnskey).bytes,
      ds = try world.ask(world.tree.root, "test.", .ds).bytes
    return switch order {
    case .keysFirst: [keys] + signed + [ds]
    case .keysLast: signed + [ds, keys]
    case .keysNever: signed + [ds]
    }
  }

  @Test(
    "results and counts are those of a book that begins at the end", arguments: Order.allCases, [1, 3])
  func sameResults(order: Order, workers: Int) throws {
    let limits = ValidationLimits(), policy = ValidationPolicy()
    var store = ResponseStore()
    let early = EarlyVerification(limits: limits, policy: policy, workers: workers)
    for message in try messages(order) {
      _ = store.intern(try MessageView(message.span))
      early.take(store.answers, store: store.rrsets)
    }
    #expect((early.jobs.earlyCount > 0) == (order != .keysNever))
    let answers = (0..<store.answers.count).map { store.answers.answer(AnswerID(rawValue: UInt32($0))) }
    var keys = KeyStore(policy: policy)
    for answer in answers { keys.learn(answer, limits, store.rrsets) }
    #expect(keys.entries.map(\.data) == early.keys.entries.map(\.data))
    var plain = SignatureBook(), helped = SignatureBook(fields: early.fields)
    plain.verify(
      answers, crowded: CrowdedAnswers(limit: limits.signaturesPerRRset), store: store.rrsets, keys: keys,
      limits: limits, jobs: VerificationJobs(VerificationPool(workers: 1)))
    helped.verify(
      answers, crowded: CrowdedAnswers(limit: limits.signaturesPerRRset), store: store.rrsets,
      keys: early.keys,
      limits: limits, jobs: early.jobs)
    #expect(plain.verificationCount == helped.verificationCount && plain.skippedCount == helped.skippedCount)
    var verified = 0
    for rrset in answers.flatMap(\.rrsets) {
      for signature in rrset.signatures {
        let result = plain.result(rrset.rrset, signature)
        #expect(helped.result(rrset.rrset, signature) == result)
        if case .verified = result { verified += 1 }
      }
    }
    #expect((verified > 0) == (order != .keysNever))
  }

  @Test("an RRSIG that was handed over early is not verified again")
  func once() throws {
    let limits = ValidationLimits()
    var store = ResponseStore()
    let early = EarlyVerification(limits: limits, policy: ValidationPolicy(), workers: 1)
    for message in try messages(.keysFirst) { _ = store.intern(try MessageView(message.span)) }
    early.take(store.answers, store: store.rrsets)
    let before = early.jobs.earlyCount
    early.take(store.answers, store: store.rrsets)
    #expect(before > 2 && early.jobs.earlyCount == before)
  }
}
