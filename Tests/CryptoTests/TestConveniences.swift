import Crypto

extension SignatureVerifier {
  /// `verify` over arrays, since `#expect` does not take views.
  func accepts(_ key: PublicKey, _ data: [UInt8], _ signature: [UInt8]) -> Bool {
    verify(key: key, data: data.span, signature: signature.span)
  }
}

extension PublicKey {
  /// Parses an array.
  convenience init(_ scheme: SignatureScheme, _ bytes: [UInt8]) throws(KeyError) {
    try self.init(scheme: scheme, dnskeyBytes: bytes.span)
  }
}

extension [UInt8] {
  /// The octets with one bit inverted, counted from the most significant of the first octet.
  func flipping(_ bit: Int) -> [UInt8] {
    var copy = self
    copy[bit / 8] ^= 0x80 >> UInt8(bit % 8)
    return copy
  }
}
