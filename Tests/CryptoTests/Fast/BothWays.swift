@testable import Crypto
import Testing

/// libcrypto's own verification and the fast one, which have to say the same.
final class BothWays {
  private let plain = SignatureVerifier(), scratch = NumberScratch()
  private var prepared: (key: PublicKey, way: Way)?

  /// How a key's signatures are verified fast.
  private enum Way {
    case power(RSAPower), multiples([KeyMultiples], CurveBatch), none
  }

  /// What both say of a signature over data.
  func accepts(_ key: PublicKey, _ data: [UInt8], _ signature: [UInt8]) -> Bool {
    let expected = plain.accepts(key, data, signature)
    if let digest = key.scheme.digest { compare(key, Digest.hash(digest, data.span), signature, expected) }
    return expected
  }

  /// What both say of a signature over a digest, also one that no data has.
  func accepts(_ key: PublicKey, digest: [UInt8], _ signature: [UInt8]) -> Bool {
    var octets = signature
    if key.scheme.family == .ecdsa { DERSignature.encode(signature.span, into: &octets) }
    let context = plain.context(for: key)
    let expected = unsafe octets.withUnsafeBufferPointer { octets in
      unsafe digest.withUnsafeBufferPointer { unsafe context?.verify(octets, $0) ?? false }
    }
    compare(key, digest, signature, expected)
    return expected
  }

  /// Whether there is a fast way for a key.
  func isFast(_ key: PublicKey) -> Bool {
    if case .none = way(of: key) { false } else { true }
  }

  /// Looks at what the fast way says.
  private func compare(_ key: PublicKey, _ digest: [UInt8], _ signature: [UInt8], _ expected: Bool) {
    switch way(of: key) {
    case .none: break
    case .power(let power):
      #expect(power.verify(signature.span, digest: digest) == expected, "\(signature)")
    case .multiples(let multiples, let batch):
      for way in multiples {
        var places: [Int] = []
        let isTaken = batch.append(signature.span, digest: digest)
        batch.judge(way) { places.append($0) }
        #expect(places == (expected ? [0] : []) && (isTaken || !expected), "\(way) \(signature)")
      }
    }
  }

  /// The way of a key, made once for keys that come one after the other.
  private func way(of key: PublicKey) -> Way {
    if let prepared, prepared.key === key { return prepared.way }
    var way = Way.none
    if let power = RSAPower(key, scratch) { way = .power(power) }
    if let table = KeyTable(key) {
      let point = KeyPoint(key, scratch).map { KeyMultiples.point($0) }
      way = .multiples([point, .table(table)].compactMap(\.self), CurveBatch(table.curve, scratch))
    }
    prepared = (key, way)
    return way
  }
}
