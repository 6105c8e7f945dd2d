import Testing

@testable import DNSWire

@Suite("Keyed hashes")
struct HashKeyTests {
  private let key = HashKey()

  @Test("each byte and each length counts, from none to some hundred")
  func everyByte() {
    for count in 0..<140 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      let hash = key.wideHash(bytes.span), narrow = key.hash(bytes.span)
      for index in bytes.indices {
        var other = bytes
        other[index] ^= 1
        let wide = key.wideHash(other.span)
        #expect(wide.first != hash.first && wide.second != hash.second)
        #expect(key.hash(other.span) != narrow)
      }
      let longer = key.wideHash((bytes + [0]).span)
      #expect(longer.first != hash.first && longer.second != hash.second)
    }
  }

  @Test("words in another order have another hash")
  func order() {
    let a = (0..<64).map { UInt8($0) }, b = Array(a[32...] + a[..<32])
    let c = Array(a[16..<32] + a[..<16] + a[32...])
    for other in [b, c] {
      let (first, second) = (key.wideHash(a.span), key.wideHash(other.span))
      #expect(first.first != second.first && first.second != second.second)
    }
    #expect(key.hash(1, 2) != key.hash(2, 1))
  }

  @Test("another key makes other hashes")
  func keys() {
    let bytes = [UInt8](repeating: 7, count: 50)
    #expect(HashKey().hash(bytes.span) != key.hash(bytes.span))
    #expect(HashKey().hash(1, 2) != key.hash(1, 2))
  }

  @Test("hashes of counters fall evenly into buckets")
  func spread() {
    var buckets = [Int](repeating: 0, count: 256)
    for number in 0..<65_536 { buckets[Int(key.hash(UInt64(number), 0) & 255)] += 1 }
    // 256 on average with a deviation of 16: eight of them never happen by chance.
    #expect(buckets.allSatisfy { abs($0 - 256) < 128 })
  }
}
