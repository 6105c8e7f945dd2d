import Crypto
@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

@Suite("Signatures remembered between runs") struct SignatureMemoryTests {
  private let secret = [UInt8](repeating: 3, count: 32)

  /// Digests that begin with these octets.
  private func digests(_ numbers: [UInt8]) -> [SignatureDigest] {
    numbers.map { number in
      let octets = [number] + [UInt8](repeating: 0, count: 31)
      return SignatureDigest(octets.span)
    }
  }

  /// What a validator with a memory says of a zone's good and damaged answers, and what it remembers then.
  private func judge(_ memory: SignatureMemory?, early isEarly: Bool) throws -> (
    results: [SignatureResult], count: Int, memory: SignatureMemory?
  ) {
    let world = try World(), zone = world.test, limits = ValidationLimits()
    let good = try zone.answer(domainName("www.test."), .a)
    let damaged = good.with { $0.answer[0].signatures[0][40] ^= 1 }
    var store = ResponseStore()
    for message in [try world.ask(zone, "test.", .dnskey)]
      + [good, damaged].map({ world.say(zone, "www.test.", .a, $0) })
    {
      let bytes = message.bytes
      _ = store.intern(try MessageView(bytes.span))
    }
    let early = EarlyVerification(limits: limits, policy: ValidationPolicy(), workers: 2, memory: memory)
    early.take(store.answers, store: store.rrsets)
    let jobs =
      isEarly
      ? early.jobs
      : VerificationJobs(
        VerificationPool(workers: 1), recall: memory.map { SignatureRecall($0, method: .fast) })
    let answers = (0..<store.answers.count).map { store.answers.answer(AnswerID(rawValue: UInt32($0))) }
    var book = SignatureBook(fields: early.fields)
    book.verify(
      answers, crowded: CrowdedAnswers(limit: limits.signaturesPerRRset), store: store.rrsets,
      keys: early.keys, limits: limits, jobs: jobs)
    let results = answers.flatMap(\.rrsets).flatMap { rrset in
      rrset.signatures.map { book.result(rrset.rrset, $0) }
    }
    return (results, book.verificationCount, jobs.memory)
  }

  @Test(
    "a run that remembers says and counts what one without does, and verifies nothing valid again",
    arguments: [true, false])
  func again(isEarly: Bool) throws {
    let plain = try judge(nil, early: isEarly)
    let first = try judge(SignatureMemory(secret: secret), early: isEarly), found = try #require(first.memory)
    #expect(plain.memory == nil && found.metCount == 0 && found.hasNews)
    let kept = found.kept(beside: []).digests
    let second = try judge(SignatureMemory(secret: secret, known: kept), early: isEarly)
    #expect(second.memory?.metCount == kept.count && second.memory?.addedCount == 0)
    for run in [first, second] { #expect(run.results == plain.results && run.count == plain.count) }
    #expect(plain.results.contains(.failed))
    let valid = plain.results.count { if case .verified = $0 { true } else { false } }
    #expect(valid > 0 && kept.count == valid)
  }

  @Test("what was made with another secret is not met")
  func otherSecret() throws {
    let first = try #require(try judge(SignatureMemory(secret: secret), early: false).memory)
    let other = SignatureMemory(
      secret: [UInt8](repeating: 4, count: 32), known: first.kept(beside: []).digests)
    let second = try #require(try judge(other, early: false).memory)
    #expect(second.metCount == 0 && second.addedCount == first.addedCount)
  }

  @Test(
    "a signature is known for its key alone, not for another one in its place, and by one way of verifying")
  func key() throws {
    let pair = try SigningKey(.ed25519, seed: 1), key = try pair.publicKey(), data: [UInt8] = [1, 2, 3]
    let octets = data + (try pair.sign(data))
    let first = SignatureRecall(SignatureMemory(secret: secret), method: .fast)
    #expect(!first.knows(octets, dataCount: 3, key, number: 0) && first.complete([true]) == [true])
    let known = SignatureMemory(secret: secret, known: first.memory.kept(beside: []).digests)
    let second = SignatureRecall(known, method: .fast), evp = SignatureRecall(known, method: .evp)
    let other = try SigningKey(.ed25519, seed: 2).publicKey()
    #expect(!second.knows(octets, dataCount: 3, other, number: 0))
    #expect(second.knows(octets, dataCount: 3, key, number: 1))
    #expect(!second.knows(octets, dataCount: 2, key, number: 1))
    #expect(!evp.knows(octets, dataCount: 3, key, number: 0))
    // The pool got the first and the third.
    #expect(second.complete([false, true]) == [false, true, true])
  }

  @Test("what is kept is ascending and each once, with what another run found")
  func kept() {
    var memory = SignatureMemory(secret: secret, known: digests([2, 4, 6]))
    for digest in digests([5, 1, 5]) { memory.add(digest) }
    #expect(memory.kept(beside: digests([2, 3, 5])).digests == digests([1, 2, 3, 4, 5, 6]))
    #expect(memory.kept(beside: []).dropped == 0)
  }

  @Test("where there is no room, those go that the run did not meet")
  func full() {
    var memory = SignatureMemory(secret: secret, known: digests([2, 4, 6, 8]))
    #expect(digests([4, 7, 8]).map { memory.recall($0) } == [true, false, true])
    for digest in digests([5]) { memory.add(digest) }
    let (kept, dropped) = memory.kept(beside: digests([9]), limit: 4)
    #expect(Set(kept).isSuperset(of: digests([4, 5, 8])) && kept.count == 4 && dropped == 2)
    #expect(kept == kept.sorted())
    let small = memory.kept(beside: [], limit: 2)
    #expect(small.digests == digests([4, 5]) && small.dropped == 3)
  }
}
