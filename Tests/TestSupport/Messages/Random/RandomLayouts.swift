import DNSWire

/// What one type, or a few, have of their own.
extension RandomRData {
  /// Digest type and digest of DS; the known types have their lengths.
  mutating func digest() -> [UInt8] {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return [1] + random.bytes(20)
    case 1: return [2] + random.bytes(32)
    case 2: return [4] + random.bytes(48)
    default: return [pick([6, 7, 200, 255])] + octets(1...60)
    }
  }

  /// Fingerprint type and fingerprint of SSHFP.
  mutating func fingerprint() -> [UInt8] {
    pick([[1] + random.bytes(20), [2] + random.bytes(32), [pick([3, 255])] + octets(1...80)])
  }

  /// Scheme, hash algorithm and digest of ZONEMD, at least twelve octets (RFC 8976 §2.2.4).
  mutating func zoneDigest() -> [UInt8] {
    [pick([1, 2, 255])]
      + pick([[1] + random.bytes(48), [2] + random.bytes(64), [pick([3, 240])] + octets(12...70)])
  }

  /// RRSIG from its labels to its signer; the labels are at least the signer's.
  mutating func signatureHead() -> [UInt8] {
    [255] + number32() + number32() + number32() + number16() + name()
  }

  /// KEY, with and without a key.
  mutating func formerKey() -> [UInt8] {
    let head: [UInt8] = [
      pick([0, 1, 0x41, 0x80, 0xbf]), pick([0, 1, 255]), pick([0, 3, 255]), pick([0, 5, 255]),
    ]
    return Int.random(in: 0..<4, using: &random) == 0 ? [0xc0] + head[1...] : head + octets(1...300)
  }

  /// LOC: sizes of decimal digits, angles up to the poles, any altitude.
  mutating func location() -> [UInt8] {
    let sizes = (0..<3).map { _ in
      let size = UInt8.random(in: 1...9, using: &random) << 4 | UInt8.random(in: 0...9, using: &random)
      return pick([0, size, size])
    }
    return [0] + sizes + angle(90) + angle(180) + number32()
  }

  /// An angle up to so many degrees to both sides of 2^31.
  private mutating func angle(_ limit: Int) -> [UInt8] {
    let most = limit * 3_600_000
    let angle = pick([0, 1, -1, 999, -59_999, most, -most, .random(in: -most...most, using: &random)])
    return TestSupport.octets(UInt32(0x8000_0000 + angle))
  }

  /// APL: items of both families, negated and not, zeros at the end left out.
  mutating func addressPrefixes() -> [UInt8] {
    (0..<pick([0, 1, 1, 3])).flatMap { _ in
      let size = pick([4, 16]), count = Int.random(in: 0...size, using: &random)
      var part = random.bytes(count)
      if part.last == 0 { part[count - 1] = 1 }
      let prefix = pick([0, size * 8, .random(in: 0...(size * 8), using: &random)])
      return [0, size == 4 ? 1 : 2, UInt8(prefix), UInt8(count) | pick([0, 0x80])] + part
    }
  }

  /// SVCB: an alias, or a service with parameters.
  mutating func serviceBinding() -> [UInt8] {
    if Int.random(in: 0..<5, using: &random) == 0 { return [0, 0] + name() }
    var keys = Set(
      (0..<pick([0, 1, 3, 8])).map { _ in pick([1, 2, 3, 4, 5, 6, 7, 9, 10, 667, 65_280, 65_534]) })
    if keys.contains(2) { keys.insert(1) }
    let listed = keys.sorted().filter { _ in Bool.random(using: &random) }
    var parameters: [UInt8] = []
    if !listed.isEmpty {
      parameters += [0, 0] + counted16(listed.flatMap { TestSupport.octets(UInt16($0)) })
    }
    for key in keys.sorted() { parameters += TestSupport.octets(UInt16(key)) + counted16(value(of: key)) }
    return pick([[0, 1], [255, 255], [1, 0]]) + name() + parameters
  }

  /// The value of a service parameter.
  private mutating func value(of key: Int) -> [UInt8] {
    switch key {
    case 1: (0..<pick([1, 2, 3])).flatMap { _ in counted(octets(1...255)) }
    case 2: []
    case 3: number16()
    case 4: random.bytes(4 * pick([1, 2, 4]))
    case 5: TestSupport.octets(UInt16(0)) + octets(1...60)
    case 6: pick([random.bytes(16), [UInt8](repeating: 0, count: 12) + random.bytes(20)])
    case 7: Array(pick(["/dns-query{?dns}", "/q{?dns}"]).utf8)
    default: octets(0...300)
    }
  }

  /// Gateway type, algorithm and gateway of IPSECKEY.
  mutating func gateway() -> [UInt8] {
    let type = UInt8.random(in: 0...3, using: &random)
    return [type, pick([0, 1, 2, 255])] + gateway(of: type)
  }

  /// D bit, type and relay of AMTRELAY.
  mutating func relay() -> [UInt8] {
    let type = UInt8.random(in: 0...3, using: &random)
    return [type | pick([0, 0x80])] + gateway(of: type)
  }

  /// None, an address of either kind, or a name.
  private mutating func gateway(of type: UInt8) -> [UInt8] {
    switch type {
    case 0: []
    case 1: random.bytes(4)
    case 2: pick([random.bytes(16), [UInt8](repeating: 0, count: 16)])
    default: name()
    }
  }

  /// HIP.
  mutating func hostIdentity() -> [UInt8] {
    let tag = octets(1...255), key = octets(1...300)
    let head = [UInt8(tag.count), pick([0, 2, 255])] + TestSupport.octets(UInt16(key.count))
    return head + tag + key + (0..<pick([0, 0, 1, 3])).flatMap { _ in name() }
  }

  /// A6: the bits in front of the suffix are 0.
  mutating func a6() -> [UInt8] {
    let prefix = pick([0, 1, 7, 8, 61, 64, 127, 128])
    if prefix == 128 { return [128] + name() }
    var suffix = random.bytes(16 - prefix / 8)
    suffix[0] &= 0xff >> UInt8(prefix % 8)
    return [UInt8(prefix)] + suffix + (prefix == 0 ? [] : name())
  }
}
