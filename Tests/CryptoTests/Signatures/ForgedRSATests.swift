import Crypto
import TestSupport
import Testing

@Suite("Forged RSA signatures") struct ForgedRSATests {
  /// DigestInfo of SHA-256 up to the digest (RFC 8017 §9.2 note 1).
  static let digestInfo: [UInt8] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
    0x04, 0x20,
  ]
  /// The signed octets.
  static let data = Array("forged".utf8)

  @Test("a block in the form of RFC 8017 §9.2 verifies")
  func honestBlock() throws {
    let forger = try Forger(exponent: 65537)
    #expect(forger.isAccepted(block: forger.block(payload: Self.digestInfo + forger.digest)))
  }

  @Test("no other padding, prefix or digest does, even by the owner of the key", arguments: [3, 65537])
  func otherBlocks(exponent: UInt64) throws {
    let forger = try Forger(exponent: exponent), digest = forger.digest
    for (what, block) in forger.wrongBlocks() {
      #expect(!forger.isAccepted(block: block), "\(what)")
    }
    #expect(forger.isAccepted(block: forger.block(payload: Self.digestInfo + digest)))
  }

  @Test("a cube root over a right prefix and garbage does not verify with e = 3 (Bleichenbacher 2006)")
  func cubeRoot() throws {
    let forger = try Forger(exponent: 3)
    for padding in [0, 1, 8, 9] {
      let prefix = [0, 1] + [UInt8](repeating: 0xff, count: padding) + [0] + Self.digestInfo + forger.digest
      let garbage = [UInt8](repeating: 0, count: forger.byteCount - prefix.count)
      let root = BigNumber(prefix + garbage).cubeRootRoundedUp
      // The cube does begin with the prefix: a verifier that does not look at the end would be deceived.
      #expect((root * root * root).bytes(count: forger.byteCount).starts(with: prefix))
      #expect(!forger.isAccepted(signature: root.bytes(count: forger.byteCount)))
    }
  }

  @Test("0, 1, n - 1, n, n + 1 and s + n do not verify", arguments: [3, 65537])
  func values(exponent: UInt64) throws {
    let forger = try Forger(exponent: exponent), n = forger.numbers.modulus, one = BigNumber(1)
    let good = forger.numbers.sign(rawBlock: forger.block(payload: Self.digestInfo + forger.digest))
    #expect(forger.isAccepted(signature: good))
    let shifted = (BigNumber(good) + n).bytes()
    #expect(!forger.isAccepted(signature: shifted))
    #expect(!forger.isAccepted(signature: Array(shifted.suffix(forger.byteCount))))
    for value in [BigNumber(0), one, n - one, n, n + one] {
      #expect(!forger.isAccepted(signature: value.bytes(count: forger.byteCount)))
    }
    #expect(!forger.isAccepted(signature: [UInt8](repeating: 0xff, count: forger.byteCount)))
  }

  @Test("a signature has exactly as many octets as the modulus")
  func lengths() throws {
    let forger = try Forger(exponent: 65537)
    let good = forger.numbers.sign(rawBlock: forger.block(payload: Self.digestInfo + forger.digest))
    #expect(forger.isAccepted(signature: good))
    for count in [0, 1, good.count - 1] {
      #expect(!forger.isAccepted(signature: Array(good.prefix(count))))
      #expect(!forger.isAccepted(signature: Array(good.suffix(count))))
    }
    #expect(!forger.isAccepted(signature: [0] + good))
    #expect(!forger.isAccepted(signature: good + [0]))
    #expect(!forger.isAccepted(signature: good + good))
    #expect(!forger.isAccepted(signature: [UInt8](repeating: 0, count: 65535)))
  }

  @Test("a short signature is not one even when its leading octet is a zero")
  func shortSignature() throws {
    let pair = try SigningKey(.rsaSHA256, seed: 21, rsaBits: 512), key = try pair.publicKey()
    var found = 0
    for number in 0..<2000 where found < 3 {
      let data = Array("\(number)".utf8), signature = try pair.sign(data)
      guard signature[0] == 0 else { continue }
      found += 1
      #expect(BothWays().accepts(key, data, signature))
      #expect(!BothWays().accepts(key, data, Array(signature.dropFirst())))
    }
    #expect(found == 3)
  }
}

/// The owner of a 2048-bit key who signs blocks of any form.
private struct Forger {
  let numbers: RSAPrivateKey
  let key: PublicKey
  let verifier = BothWays()
  let digest = Digest.hash(.sha256, ForgedRSATests.data.span)

  init(exponent: UInt64) throws {
    numbers = RSAPrivateKey(seed: 7, bits: 2048, exponent: exponent)
    key = try PublicKey(.rsaSHA256, numbers.dnskeyBytes)
  }

  /// Octets of modulus, block and signature.
  var byteCount: Int { numbers.byteCount }

  /// 00 01 FF ... FF 00 payload.
  func block(payload: [UInt8], type: UInt8 = 1, filler: UInt8 = 0xff) -> [UInt8] {
    [0, type] + [UInt8](repeating: filler, count: byteCount - 3 - payload.count) + [0] + payload
  }

  /// Blocks that differ from the right one in one respect each.
  func wrongBlocks() -> [(String, [UInt8])] {
    let prefix = ForgedRSATests.digestInfo, right = prefix + digest
    let eight = [0, 1] + [UInt8](repeating: 0xff, count: 8) + [0]
    let ff = { [UInt8](repeating: 0xff, count: $0) }
    let withoutNull = [0x30, 0x2f, 0x30, 0x0b] + prefix[4..<15] + [0x04, 0x20] + digest
    let longLength = [0x30, 0x81, 0x31] + prefix[2...] + digest
    return [
      ("garbage behind the digest", eight + right + ff(byteCount - eight.count - right.count)),
      (
        "garbage inside the parameters",
        block(payload: [0x30, 0x33] + prefix[2..<15] + [0x05, 0x02, 1, 2, 4, 32] + digest)
      ),
      ("one octet behind the digest", block(payload: right + [0])),
      ("block type 0", block(payload: right, type: 0, filler: 0)),
      ("block type 2", block(payload: right, type: 2)),
      ("filler that is not FF", block(payload: right, filler: 0xfe)),
      ("first octet that is not 0", [1] + block(payload: right).dropFirst()),
      ("no zero before the payload", [0, 1] + ff(byteCount - 2 - right.count) + right),
      ("no NULL parameters", block(payload: withoutNull)),
      ("length in the long form", block(payload: longLength)),
      ("digest alone", block(payload: digest)),
      (
        "digest of another function's identifier",
        block(payload: prefix[..<14] + [0x02] + prefix[15...] + digest)
      ),
      ("digest cut by one octet", block(payload: prefix + digest.dropLast())),
      ("digest of other data", block(payload: prefix + Digest.hash(.sha256, [0].span))),
      ("SHA-1 instead", block(payload: Self.sha1 + Digest.hash(.sha1, ForgedRSATests.data.span))),
      ("nothing but FF", [0, 1] + ff(byteCount - 2)),
      ("empty payload", block(payload: [])),
    ]
  }

  /// DigestInfo of SHA-1 up to the digest.
  private static let sha1: [UInt8] = [
    0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00, 0x04, 0x14,
  ]

  /// Whether a block verifies after the private operation.
  func isAccepted(block: [UInt8]) -> Bool {
    block.count == byteCount && isAccepted(signature: numbers.sign(rawBlock: block))
  }

  /// Whether octets verify as they are.
  func isAccepted(signature: [UInt8]) -> Bool {
    verifier.accepts(key, ForgedRSATests.data, signature)
  }
}
