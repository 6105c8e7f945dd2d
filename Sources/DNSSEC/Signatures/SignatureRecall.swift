import Crypto

/// Keeps signatures from a pool that are known to be valid, and learns which of the others are.
final class SignatureRecall {
  private(set) var memory: SignatureMemory
  private var digester: SignatureDigester
  /// The digests of keys, by their numbers.
  private var keys: [SignatureDigest?] = []
  /// Of each signature, whether it was known, and the digests of those that were not.
  private var wasKnown: [Bool] = [], digests: [SignatureDigest] = []

  /// With what is remembered, for signatures that are verified in that way.
  init(_ memory: SignatureMemory, method: VerificationMethod) {
    self.memory = memory
    digester = SignatureDigester(secret: memory.secret, method: method)
  }

  /// Whether a signature is known to be valid: signed octets, so many, with the signature behind them, and the key with
  /// its number. One that is not goes to the pool.
  func knows(_ octets: borrowing [UInt8], dataCount: Int, _ key: PublicKey, number: Int) -> Bool {
    while keys.count <= number { keys.append(nil) }
    let keyDigest = keys[number] ?? digester.digest(of: key)
    keys[number] = keyDigest
    let digest = digester.digest(octets, dataCount: dataCount, key: keyDigest),
      isKnown = memory.recall(digest)
    wasKnown.append(isKnown)
    if !isKnown { digests.append(digest) }
    return isKnown
  }

  /// Whether each signature is valid, from what the pool says of those that it got; the next one is the first again.
  func complete(_ verdicts: [Bool]) -> [Bool] {
    for (digest, isValid) in zip(digests, verdicts) where isValid { memory.add(digest) }
    var next = 0
    let all = wasKnown.map { isKnown in
      if isKnown { return true }
      next += 1
      return verdicts[next - 1]
    }
    (wasKnown, digests) = ([], [])
    return all
  }
}
