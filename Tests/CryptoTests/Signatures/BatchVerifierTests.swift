import Crypto
import Synchronization
import TestSupport
import Testing

@Suite("Batches of signatures") struct BatchVerifierTests {
  @Test(
    "the results stand in the order of the jobs, whatever the number of workers",
    arguments: [1, 2, 3, 8, 1000])
  func order(workers: Int) throws {
    let jobs = try MixedJobs(count: 400)
    #expect(BatchVerifier.verify(jobs, workers: workers) == jobs.expected)
  }

  @Test("each job is built once")
  func builtOnce() throws {
    let jobs = try MixedJobs(count: 333)
    _ = BatchVerifier.verify(jobs, workers: 4)
    #expect(jobs.builds.withLock { $0 } == [Int](repeating: 1, count: 333))
  }

  @Test("a worker gets its scratch space empty and with the capacity of before")
  func scratch() throws {
    let jobs = try MixedJobs(count: 200)
    _ = BatchVerifier.verify(jobs, workers: 1)
    #expect(jobs.firstBuilds.withLock { $0 } == 1)
  }

  @Test("one job, no job, and no worker")
  func small() throws {
    let none = try MixedJobs(count: 0), one = try MixedJobs(count: 1)
    #expect(BatchVerifier.verify(none, workers: 2) == [])
    #expect(BatchVerifier.verify(one, workers: 8) == one.expected)
    #expect(BatchVerifier.verify(one, workers: 0) == one.expected)
    #expect(BatchVerifier.verify(one, workers: -1) == one.expected)
  }

  @Test("keys with dear signatures come first, and the jobs of a key together in their own order")
  func dearFirst() throws {
    let jobs = try MixedJobs(count: 120)
    _ = BatchVerifier.verify(jobs, workers: 1)
    let built = jobs.buildOrder.withLock { $0 }
    let schemes = built.map { jobs.key(at: $0).scheme }
    let groups = schemes.enumerated().filter { $0.offset == 0 || schemes[$0.offset - 1] != $0.element }
    #expect(groups.map(\.element) == [.ecdsaP384SHA384, .ed448, .ed25519, .ecdsaP256SHA256, .rsaSHA256])
    for scheme in Set(schemes) {
      let own = built.filter { jobs.key(at: $0).scheme == scheme }
      #expect(own == own.sorted())
    }
  }
}

/// Signatures of five keys, every third of them damaged; remembers how it was asked.
private final class MixedJobs: SignatureJobs {
  private static let schemes: [SignatureScheme] = [
    .rsaSHA256, .ed25519, .ecdsaP384SHA384, .ecdsaP256SHA256, .ed448,
  ]

  let count: Int
  /// What each job comes to.
  let expected: [Bool]
  private let keys: [PublicKey]
  private let signed: [(data: [UInt8], signature: [UInt8])]
  /// How often each job was built.
  let builds: Mutex<[Int]>
  /// The jobs in the order in which they were built.
  let buildOrder = Mutex<[Int]>([])
  /// How often the scratch space had no capacity yet.
  let firstBuilds = Mutex(0)

  init(count: Int) throws {
    let pairs = try Self.schemes.map { try SigningKey($0, seed: 6) }
    self.count = count
    keys = try pairs.map { try $0.publicKey() }
    expected = (0..<count).map { $0 % 3 != 0 }
    builds = Mutex([Int](repeating: 0, count: count))
    signed = try (0..<count).map { index in
      let data = [UInt8](repeating: UInt8(index & 255), count: index % 97)
      let signature = try pairs[index % 5].sign(data)
      return (data, index % 3 == 0 ? signature.flipping(index % 64) : signature)
    }
  }

  func key(at index: Int) -> PublicKey { keys[index % 5] }

  func build(at index: Int, into scratch: inout [UInt8]) -> Range<Int> {
    builds.withLock { $0[index] += 1 }
    buildOrder.withLock { $0.append(index) }
    if scratch.capacity == 0 { firstBuilds.withLock { $0 += 1 } }
    #expect(scratch.isEmpty)
    if scratch.capacity == 0 { scratch.reserveCapacity(512) }
    scratch += signed[index].data
    let start = scratch.count
    scratch += signed[index].signature
    return start..<scratch.count
  }
}
