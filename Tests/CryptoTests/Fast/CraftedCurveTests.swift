@testable import Crypto
import TestSupport
import Testing

/// Keys and signatures made for the corners of ECDSA's verification (FIPS 186-5 §6.4.2, SEC 1 §4.1.4).
@Suite("Crafted signatures on curves, by tables and by libcrypto") struct CraftedCurveTests {
  static let schemes: [SignatureScheme] = [.ecdsaP256SHA256, .ecdsaP384SHA384]
  private let ways = BothWays(), one = BigNumber(1)

  @Test("both curves are verified by tables here", arguments: schemes)
  func tables(scheme: SignatureScheme) throws {
    let curve = CurveArithmetic(scheme)
    #expect(ways.isFast(try PublicKey(scheme, #require(curve.multiple(BigNumber(77))))))
  }

  @Test("r stands for x = r + n too, where that is below p", arguments: schemes)
  func wrapped(scheme: SignatureScheme) throws {
    let curve = CurveArithmetic(scheme), n = curve.order
    let (x, point) = try firstPoint(curve, from: n + one), r = x - n
    #expect(try verdict(curve, scheme, point, r: r))
    #expect(try !verdict(curve, scheme, point, r: r + one))
    // x itself is no r, although it is the point's.
    let s = BigNumber(1000), e = BigNumber(5), key = try key(curve, scheme, point, r: r, s: s, e: e)
    #expect(try verdict(curve, key, e: e, r: r, s: s))
    #expect(try !verdict(curve, key, e: e, r: x, s: s))
  }

  @Test("r does not stand for x = r + n - p", arguments: schemes)
  func wrappedTwice(scheme: SignatureScheme) throws {
    let curve = CurveArithmetic(scheme), (x, point) = try firstPoint(curve, from: one)
    #expect(try !verdict(curve, scheme, point, r: x + curve.prime - curve.order))
    #expect(try verdict(curve, scheme, point, r: x))
  }

  @Test("two products that cancel out give infinity, which is no signature", arguments: schemes)
  func infinity(scheme: SignatureScheme) throws {
    let curve = CurveArithmetic(scheme), d = BigNumber(12345)
    let key = try PublicKey(scheme, #require(curve.multiple(d)))
    for r in [one, BigNumber(99), curve.order - one] {
      let e = curve.reduced((curve.order - r) * d)
      for s in [one, BigNumber(7)] { #expect(try !verdict(curve, key, e: e, r: r, s: s)) }
    }
  }

  @Test("two equal products are added like any others", arguments: schemes)
  func doubling(scheme: SignatureScheme) throws {
    let curve = CurveArithmetic(scheme), d = BigNumber(12345), k = BigNumber(678)
    let key = try PublicKey(scheme, #require(curve.multiple(d)))
    let r = curve.reduced(try BigNumber(Array(#require(curve.multiple(k)).prefix(curve.byteCount))))
    let e = curve.reduced(r * d), inverse = try #require(k.inverse(modulo: curve.order))
    let s = curve.reduced((e + e) * inverse)
    #expect(try verdict(curve, key, e: e, r: r, s: s))
    #expect(try !verdict(curve, key, e: e, r: r, s: curve.order - one))
  }

  @Test("a key that is G, -G or 2 G verifies like any other", arguments: schemes)
  func generatorAsKey(scheme: SignatureScheme) throws {
    let curve = CurveArithmetic(scheme)
    for d in [one, curve.order - one, BigNumber(2)] {
      let key = try PublicKey(scheme, #require(curve.multiple(d)))
      for e in [BigNumber(5), BigNumber(0), curve.order - one] {
        let k = BigNumber(4321), inverse = try #require(k.inverse(modulo: curve.order))
        let r = curve.reduced(try BigNumber(Array(#require(curve.multiple(k)).prefix(curve.byteCount))))
        let s = curve.reduced(inverse * curve.reduced(e + r * d))
        #expect(try verdict(curve, key, e: e, r: r, s: s))
        #expect(try !verdict(curve, key, e: e, r: r + one, s: s))
      }
    }
  }

  @Test("digests of zeros, of n and around it, and of ones are numbers like any others", arguments: schemes)
  func digests(scheme: SignatureScheme) throws {
    let curve = CurveArithmetic(scheme), n = curve.order, (x, point) = try firstPoint(curve, from: one)
    let ones = BigNumber([UInt8](repeating: 0xff, count: curve.byteCount))
    for e in [BigNumber(0), one, n - one, n, n + one, ones] {
      #expect(try verdict(curve, scheme, point, r: x, e: e))
      let key = try key(curve, scheme, point, r: x, s: BigNumber(1000), e: e)
      #expect(try !verdict(curve, key, e: curve.reduced(e + one), r: x, s: BigNumber(1000)))
    }
  }

  @Test("r and s are at least 1 and below n", arguments: schemes)
  func ranges(scheme: SignatureScheme) throws {
    let curve = CurveArithmetic(scheme), n = curve.order, (x, point) = try firstPoint(curve, from: one)
    let s = BigNumber(1000), e = BigNumber(5), key = try key(curve, scheme, point, r: x, s: s, e: e)
    #expect(try verdict(curve, key, e: e, r: x, s: s))
    // Equal modulo n, so that only the range tells them from the right ones.
    #expect(try !verdict(curve, key, e: e, r: x + n, s: s))
    #expect(try !verdict(curve, key, e: e, r: x, s: s + n))
    for wrong in [BigNumber(0), n, n + one] {
      #expect(try !verdict(curve, key, e: e, r: wrong, s: s))
      #expect(try !verdict(curve, key, e: e, r: x, s: wrong))
    }
    // -s gives -R, which has the same x: the other signature that every signature has.
    #expect(try verdict(curve, key, e: e, r: x, s: n - s))
  }

  /// The first x from a number on that a point has, and the point.
  private func firstPoint(_ curve: CurveArithmetic, from start: BigNumber) throws -> (BigNumber, [UInt8]) {
    var x = start
    for _ in 0..<100 {
      if let point = curve.point(x: x) { return (x, point) }
      x = x + one
    }
    throw SigningKey.Failure()
  }

  /// The key with which (r, s) over e comes to a point.
  private func key(
    _ curve: CurveArithmetic, _ scheme: SignatureScheme, _ point: [UInt8], r: BigNumber, s: BigNumber,
    e: BigNumber
  ) throws -> PublicKey {
    try PublicKey(scheme, #require(curve.recover(point, r: r, s: s, e: e)))
  }

  /// What both ways say of r with a point whose x it stands for, or not.
  private func verdict(
    _ curve: CurveArithmetic, _ scheme: SignatureScheme, _ point: [UInt8], r: BigNumber,
    e: BigNumber = BigNumber(0x1234_5678)
  ) throws -> Bool {
    let s = BigNumber(1000)
    return try verdict(curve, key(curve, scheme, point, r: r, s: s, e: e), e: e, r: r, s: s)
  }

  /// What both ways say of a signature.
  private func verdict(
    _ curve: CurveArithmetic, _ key: PublicKey, e: BigNumber, r: BigNumber, s: BigNumber
  ) throws -> Bool {
    let count = curve.byteCount
    return ways.accepts(key, digest: e.bytes(count: count), r.bytes(count: count) + s.bytes(count: count))
  }
}
