@testable import Crypto
import TestSupport
import Testing

@Suite("Signatures verified while others are added") struct VerificationPoolTests {
  @Test(
    "the results stand in the order in which signatures were added, whatever the number of threads",
    arguments: [1, 2, 3, 8], VerificationMethod.allCases)
  func order(workers: Int, method: VerificationMethod) throws {
    let jobs = try MixedJobs(count: 400)
    #expect(jobs.run(VerificationPool(workers: workers, method: method)) == jobs.expected)
  }

  @Test("a pool is used again, and knows its keys", arguments: [1, 4])
  func again(workers: Int) throws {
    let pool = VerificationPool(workers: workers), jobs = try MixedJobs(count: 90)
    #expect(pool.finish() == [])
    for _ in 0..<3 { #expect(jobs.run(pool) == jobs.expected) }
    #expect(pool.finish() == [])
  }

  @Test("one signature, no thread, and fewer than none")
  func small() throws {
    let one = try MixedJobs(count: 1)
    for workers in [8, 0, -1] { #expect(one.run(VerificationPool(workers: workers)) == one.expected) }
  }

  @Test("a signature of another length is false and does not disturb those beside it")
  func lengths() throws {
    let pair = try SigningKey(.ecdsaP256SHA256, seed: 6), good = try pair.sign([7])
    let pool = VerificationPool(workers: 1), group = pool.register(try pair.publicKey())
    for signature in [good, [], Array(good.dropLast()), good + [0], good, good + good, good] {
      pool.add([7] + signature, dataCount: 1, group: group)
    }
    #expect(pool.finish() == [true, false, false, false, true, false, true])
  }

  @Test("pieces that are not full are handed over when no other thread has work", arguments: [1, 2])
  func offered(workers: Int) async throws {
    let pair = try SigningKey(.rsaSHA256, seed: 6), good = try pair.sign([7])
    let pool = VerificationPool(workers: workers)
    let few = pool.register(try pair.publicKey()), enough = pool.register(try pair.publicKey())
    pool.add([7] + good, dataCount: 1, group: few)
    pool.offer()
    let held = pool.heldByteCount
    for _ in 0..<VerificationPool.leastOffered { pool.add([7] + good, dataCount: 1, group: enough) }
    #expect(held == 1 + good.count && pool.heldByteCount == (VerificationPool.leastOffered + 1) * held)
    pool.offer()
    // Whoever adds does not wait for it, so that a pool for one thread leaves it for the end.
    let expected = workers == 1 ? (VerificationPool.leastOffered + 1) * held : held
    for _ in 0..<10_000 where pool.heldByteCount > expected { try await Task.sleep(for: .milliseconds(1)) }
    #expect(pool.heldByteCount == expected)
    #expect(pool.finish() == Array(repeating: true, count: VerificationPool.leastOffered + 1))
  }

  @Test("beyond the limit on what waits, who adds verifies, and nothing is lost", arguments: [1, 3])
  func crowded(workers: Int) throws {
    let pair = try SigningKey(.rsaSHA256, seed: 6), pool = VerificationPool(workers: workers)
    let data = [UInt8](repeating: 3, count: 60_000), good = try pair.sign(data)
    // So many keys that none has a full piece, and then one that has all.
    let groups = try (0..<100).map { _ in pool.register(try pair.publicKey()) }
    var most = 0
    for number in 0..<600 {
      pool.add(
        data + (number % 7 == 0 ? good.flipping(9) : good), dataCount: data.count,
        group: groups[number < 300 ? number % groups.count : 0])
      most = max(most, pool.heldByteCount)
    }
    #expect(most > VerificationPool.maximumHeldByteCount / 2)
    #expect(most <= VerificationPool.maximumHeldByteCount + data.count + good.count)
    #expect(pool.finish() == (0..<600).map { $0 % 7 != 0 } && pool.heldByteCount == 0)
  }
}

@Suite("What waits, and who does what next") struct VerificationQueueTests {
  @Test("keys with dear signatures come first, whatever came first")
  func dearFirst() throws {
    let schemes: [SignatureScheme] = [.rsaSHA256, .ed25519, .ecdsaP384SHA384, .ecdsaP256SHA256, .ed448]
    var queue = VerificationQueue(workers: 1, method: .fast)
    for scheme in schemes {
      let pair = try SigningKey(scheme, seed: 6), group = queue.register(try pair.publicKey())
      queue.fill(group, 2, octetCount: try pair.publicKey().signatureByteCount)
    }
    queue.closeAll(isLast: true)
    var found: [SignatureScheme] = []
    while case .verify(let task) = queue.next() { found.append(task.key.scheme) }
    #expect(found == [.ecdsaP384SHA384, .ed448, .ed25519, .ecdsaP256SHA256, .rsaSHA256])
  }

  @Test("a key gets a table when it has signed enough, and libcrypto's way before and with the method evp")
  func breakEven() throws {
    let key = try SigningKey(.ecdsaP256SHA256, seed: 6).publicKey()
    let enough = try #require(KeyTable.leastCount(.ecdsaP256SHA256))
    for (method, count, isTable) in [
      (VerificationMethod.fast, enough, true), (.fast, enough - 1, false), (.evp, enough, false),
    ] {
      var queue = VerificationQueue(workers: 1, method: method)
      queue.fill(queue.register(key), count, octetCount: 64)
      queue.closeAll(isLast: true)
      let step = queue.next()
      if case .makeTable = step { #expect(isTable) } else { #expect(!isTable) }
    }
  }

  @Test("while one makes a table, another takes the key's signatures when there is nothing else")
  func notIdle() throws {
    let pair = try SigningKey(.ecdsaP256SHA256, seed: 6), other = try SigningKey(.rsaSHA256, seed: 6)
    var queue = VerificationQueue(workers: 2, method: .fast)
    let group = queue.register(try pair.publicKey()), cheap = queue.register(try other.publicKey())
    queue.fill(group, 600, octetCount: 64)
    queue.fill(cheap, 1, octetCount: 128)
    queue.closeAll(isLast: true)
    guard case .makeTable(let key, group) = queue.next() else { throw SigningKey.Failure() }
    guard case .verify(let first) = queue.next(), case .verify(let second) = queue.next() else {
      throw SigningKey.Failure()
    }
    #expect(first.group == cheap && second.group == group)
    if case .point = second.form {} else { Issue.record("\(second.form)") }
    queue.publish(KeyTable(key), group: group)
    guard case .verify(let third) = queue.next() else { throw SigningKey.Failure() }
    if case .table = third.form {} else { Issue.record("\(third.form)") }
  }

  @Test(
    "a few signatures on P-256 share what they can, one alone or all by libcrypto's own verification do not")
  func few() throws {
    let key = try SigningKey(.ecdsaP256SHA256, seed: 6).publicKey()
    for (count, method, isShared) in [
      (1, VerificationMethod.fast, false), (9, .fast, true), (9, .evp, false),
    ] {
      var queue = VerificationQueue(workers: 1, method: method)
      queue.fill(queue.register(key), count, octetCount: 64)
      queue.closeAll(isLast: true)
      guard case .verify(let task) = queue.next() else { throw SigningKey.Failure() }
      if case .point = task.form { #expect(isShared) } else { #expect(!isShared) }
    }
  }

  @Test("no more tables are made than there is memory for; the keys beyond are verified without")
  func tableLimit() throws {
    let key = try SigningKey(.ecdsaP384SHA384, seed: 6).publicKey(), table = KeyTable(key)
    let limit = VerificationQueue.maximumTableByteCount / KeyTable.byteCount
    var queue = VerificationQueue(workers: 1, method: .fast), made = 0, plain = 0
    for _ in 0..<(limit + 3) { queue.fill(queue.register(key), 8, octetCount: 96) }
    queue.closeAll(isLast: true)
    while let step = queue.next() {
      switch step {
      case .makeTable(_, let group):
        made += 1
        queue.publish(table, group: group)
      case .verify(let task):
        if case .plain = task.form { plain += 1 }
      }
    }
    #expect(made == limit && plain == 3)
  }

  @Test("a key that may yet get a table waits behind all others until the end")
  func hesitation() throws {
    let dear = try SigningKey(.ecdsaP256SHA256, seed: 6), cheap = try SigningKey(.rsaSHA256, seed: 6)
    var queue = VerificationQueue(workers: 1, method: .fast)
    queue.fill(queue.register(try dear.publicKey()), 32, octetCount: 64)
    queue.fill(queue.register(try cheap.publicKey()), 32, octetCount: 128)
    guard case .verify(let task) = queue.next() else { throw SigningKey.Failure() }
    #expect(task.key.scheme == .rsaSHA256)
    queue.fill(1, 32, octetCount: 128)
    queue.closeAll(isLast: true)
    guard case .verify(let last) = queue.next() else { throw SigningKey.Failure() }
    #expect(last.key.scheme == .ecdsaP256SHA256)
  }
}

extension VerificationQueue {
  /// Adds so many signatures of zeros over nothing.
  fileprivate mutating func fill(_ group: Int, _ count: Int, octetCount: Int) {
    let octets = [UInt8](repeating: 0, count: octetCount)
    for _ in 0..<count { _ = add(octets.span, dataCount: 0, group: group) }
  }
}

/// Signatures of five keys, every third of them damaged.
private struct MixedJobs {
  private static let schemes: [SignatureScheme] = [
    .rsaSHA256, .ed25519, .ecdsaP384SHA384, .ecdsaP256SHA256, .ed448,
  ]

  /// What each comes to.
  let expected: [Bool]
  private let keys: [PublicKey]
  private let signed: [(data: [UInt8], signature: [UInt8])]

  init(count: Int) throws {
    let pairs = try Self.schemes.map { try SigningKey($0, seed: 6) }
    keys = try pairs.map { try $0.publicKey() }
    expected = (0..<count).map { $0 % 3 != 0 }
    signed = try (0..<count).map { index in
      let data = [UInt8](repeating: UInt8(index & 255), count: index % 97)
      let signature = try pairs[index % 5].sign(data)
      return (data, index % 3 == 0 ? signature.flipping(index % 64) : signature)
    }
  }

  /// What a pool says of them.
  func run(_ pool: VerificationPool) -> [Bool] {
    let groups = keys.map { pool.register($0) }
    for (index, (data, signature)) in signed.enumerated() {
      pool.add(data + signature, dataCount: data.count, group: groups[index % 5])
    }
    return pool.finish()
  }
}
