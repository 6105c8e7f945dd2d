@testable import Crypto
import TestSupport
import Testing

@Suite("Signatures on a curve that are verified together") struct CurveBatchTests {
  @Test("each is judged for itself, whatever stands beside it", arguments: CraftedCurveTests.schemes)
  func neighbours(scheme: SignatureScheme) throws {
    let pair = try SigningKey(scheme, seed: 3), table = try #require(KeyTable(pair.publicKey()))
    let batch = CurveBatch(table.curve, NumberScratch())
    let digest = try #require(scheme.digest), half = digest.byteCount
    for round in 0..<3 {
      var expected: [Int] = []
      for number in 0..<40 {
        let data = [UInt8(round), UInt8(number)], good = try pair.sign(data)
        let signature: [UInt8] =
          switch number % 5 {
          case 1: good.flipping(good.count * 8 - 1)
          case 2: [UInt8](repeating: 0, count: half) + good.suffix(half)
          case 3: Array(good.prefix(half)) + [UInt8](repeating: 0xff, count: half)
          default: good
          }
        let place = batch.count
        let isTaken = batch.append(signature.span, digest: Digest.hash(digest, data.span))
        #expect(isTaken == (number % 5 != 2 && number % 5 != 3))
        if signature == good { expected.append(place) }
      }
      var found: [Int] = []
      batch.judge(.table(table)) { found.append($0) }
      #expect(found.sorted() == expected && batch.count == 0)
    }
  }

  @Test("those of a key without a table are judged for themselves too")
  func point() throws {
    let pair = try SigningKey(.ecdsaP256SHA256, seed: 3), scratch = NumberScratch()
    let point = try #require(KeyPoint(pair.publicKey(), scratch)), batch = CurveBatch(point.curve, scratch)
    var expected: [Int] = []
    for number in 0..<40 {
      let data = [UInt8(number)], good = try pair.sign(data)
      let signature = number % 3 == 1 ? good.flipping(good.count * 8 - 1) : good
      if signature == good { expected.append(batch.count) }
      let isTaken = batch.append(signature.span, digest: Digest.hash(.sha256, data.span))
      #expect(isTaken)
    }
    var found: [Int] = []
    batch.judge(.point(point)) { found.append($0) }
    #expect(found.sorted() == expected && batch.count == 0)
  }

  @Test("a full batch takes no more, and an empty one judges nothing")
  func bounds() throws {
    let pair = try SigningKey(.ecdsaP256SHA256, seed: 3), table = try #require(KeyTable(pair.publicKey()))
    let batch = CurveBatch(table.curve, NumberScratch()), good = try pair.sign([1])
    let digest = Digest.hash(.sha256, [1].span)
    for _ in 0..<CurveBatch.capacity {
      let isTaken = batch.append(good.span, digest: digest)
      #expect(isTaken)
    }
    let isTaken = batch.append(good.span, digest: digest)
    #expect(!isTaken && batch.count == CurveBatch.capacity)
    var found = 0
    batch.judge(.table(table)) { _ in found += 1 }
    batch.judge(.table(table)) { _ in found += 1 }
    #expect(found == CurveBatch.capacity)
  }

  @Test("signatures and digests of another length are not taken", arguments: CraftedCurveTests.schemes)
  func lengths(scheme: SignatureScheme) throws {
    let pair = try SigningKey(scheme, seed: 3), table = try #require(KeyTable(pair.publicKey()))
    let batch = CurveBatch(table.curve, NumberScratch()), good = try pair.sign([1])
    let digest = Digest.hash(try #require(scheme.digest), [1].span)
    for wrong in [[], Array(good.dropLast()), good + [0], [0] + good, Array(good.dropLast(2))] {
      let isTaken = batch.append(wrong.span, digest: digest)
      #expect(!isTaken)
    }
    for wrong in [[], Array(digest.dropLast()), digest + [0]] {
      let isTaken = batch.append(good.span, digest: wrong)
      #expect(!isTaken)
    }
    #expect(batch.count == 0)
  }

  @Test("keys of other schemes have no table, and but for P-256 no point")
  func otherSchemes() throws {
    for scheme in SigningKey.schemes {
      let key = try SigningKey(scheme, seed: 1).publicKey()
      if !CraftedCurveTests.schemes.contains(scheme) { #expect(KeyTable(key) == nil, "\(scheme)") }
      #expect((KeyPoint(key, NumberScratch()) != nil) == (scheme == .ecdsaP256SHA256), "\(scheme)")
    }
  }
}
