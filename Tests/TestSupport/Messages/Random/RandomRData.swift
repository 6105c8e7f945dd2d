import DNSWire

/// Well-formed RDATA of every type, with the edges that a decoder trips over more likely than chance has them.
/// The layouts stand here on their own, so that a mistake in the decoder's table is not made twice.
package struct RandomRData {
  /// The source of all choices.
  package var random: SeededRandom

  /// RDATA as a seed gives it.
  package init(seed: UInt64) { random = SeededRandom(seed: seed) }

  /// The types that have a layout here: all that have a presentation format, by number.
  package static let types: [UInt16] = layouts.keys.sorted()

  /// One RDATA of a type in class IN, its names uncompressed; arbitrary octets for a type without a layout.
  package mutating func rdata(of type: UInt16) -> [UInt8] {
    guard let layout = RandomRData.layouts[type] else { return octets(0...40) }
    return layout.flatMap { part($0) }
  }

  /// One part of a layout.
  private enum Part {
    /// Numbers of 8, 16, 32 bits; the zeros that some field has to be.
    case u8, u16, u32, zeros(Int)
    /// So many octets of any value.
    case octets(ClosedRange<Int>)
    /// One of these numbers, in 8 or 16 bits.
    case one8([UInt8]), one16([UInt16])
    /// A name, or 0...3 of them.
    case name, names
    /// A character-string, one or none, one or more; one of so many letters and digits.
    case string, optionalString, strings, digits(ClosedRange<Int>), tag
    /// Octets behind a length of 8 or 16 bits.
    case counted8(ClosedRange<Int>), counted16(ClosedRange<Int>)
    /// What a type has of its own.
    case digest, fingerprint, zoneDigest, hash, signature, formerKey, bitmap, oldBitmap, services, location
    case addressPrefixes, serviceBinding, gateway, relay, hostIdentity, a6, atm, regular, degrees
  }

  /// The layouts.
  private static let layouts: [UInt16: [Part]] = {
    let name: [Part] = [.name], two: [Part] = [.name, .name], preferred: [Part] = [.u16, .name]
    let key: [Part] = [.u16, .u8, .u8, .octets(1...300)], digest: [Part] = [.u16, .u8, .digest]
    let certificate: [Part] = [.u8, .u8, .u8, .octets(1...300)], opaque: [Part] = [.octets(1...300)]
    let signature: [Part] = [.u16, .u8, .signature, .octets(1...300)]
    return [
      1: [.octets(4...4)], 2: name, 3: name, 4: name, 5: name, 6: two + [.u32, .u32, .u32, .u32, .u32],
      7: name,
      8: name, 9: name, 11: [.octets(4...4), .u8, .services], 12: name, 13: [.string, .string], 14: two,
      15: preferred, 16: [.strings], 17: two, 18: preferred, 19: [.digits(4...255)],
      20: [.string, .optionalString], 21: preferred, 22: [.octets(1...60)], 23: name, 24: signature,
      25: [.formerKey], 26: [.u16, .name, .name], 27: [.degrees, .degrees, .degrees], 28: [.octets(16...16)],
      29: [.location], 30: [.name, .oldBitmap], 31: opaque, 32: opaque, 33: [.u16, .u16, .u16, .name],
      34: [.atm], 35: [.u16, .u16, .string, .string, .regular, .name], 36: preferred,
      37: [.one16([0, 1, 2, 3, 8, 9, 253, 254, 255, 65_535]), .u16, .u8, .octets(1...300)], 38: [.a6],
      39: name,
      40: [.u8, .u8, .u8, .octets(1...60)], 42: [.addressPrefixes], 43: digest, 44: [.u8, .fingerprint],
      45: [.u8, .gateway, .octets(1...300)], 46: signature, 47: [.name, .bitmap], 48: key,
      49: [.octets(3...60)],
      50: [.one8([1]), .u8, .u16, .counted8(0...255), .hash, .bitmap],
      51: [.u8, .u8, .u16, .counted8(0...255)],
      52: certificate, 53: certificate, 55: [.hostIdentity], 56: [.strings],
      57: [.zeros(2), .u8, .u8, .octets(1...300)], 58: two, 59: digest, 60: key, 61: opaque,
      62: [.u32, .u16, .bitmap], 63: [.u32, .zoneDigest], 64: [.serviceBinding], 65: [.serviceBinding],
      66: [.u16, .u8, .u16, .name], 67: opaque, 68: opaque, 99: [.strings], 104: [.u16, .octets(8...8)],
      105: [.u16, .octets(4...4)], 106: [.u16, .octets(8...8)], 107: preferred, 108: [.octets(6...6)],
      109: [.octets(8...8)], 249: [.name, .u32, .u32, .u16, .u16, .counted16(0...300), .counted16(0...300)],
      250: [
        .name, .octets(6...6), .u16, .counted16(0...64), .u16, .one16([0, 16, 17, 18, 22, 24, 999]),
        .counted16(0...20),
      ], 256: [.u16, .u16, .octets(1...1000)], 257: [.u8, .tag, .octets(0...400)], 258: [.strings],
      259: [.u32, .u32, .u8, .string, .octets(0...300)], 260: [.u8, .relay], 261: [.strings], 262: [.strings],
      263: [.strings], 264: [.octets(8...8)], 32768: digest, 32769: digest,
    ]
  }()

  /// The octets of one part.
  private mutating func part(_ part: Part) -> [UInt8] {
    switch part {
    case .u8: [pick([0, 1, 2, 127, 128, 255, .random(in: 0...255, using: &random)])]
    case .u16: number16()
    case .u32: number32()
    case .zeros(let count): [UInt8](repeating: 0, count: count)
    case .octets(let range): octets(range)
    case .one8(let values): [pick(values)]
    case .one16(let values): TestSupport.octets(pick(values))
    case .name: name()
    case .names: (0..<pick([0, 0, 1, 3])).flatMap { _ in name() }
    case .string: counted(octets(0...255))
    case .optionalString: Bool.random(using: &random) ? counted(octets(0...255)) : []
    case .strings: (0..<pick([1, 1, 2, 5])).flatMap { _ in counted(octets(0...255)) }
    case .digits(let range): counted(characters("0123456789", length(range)))
    case .tag: counted(characters("abcXYZ0189", length(1...255)))
    case .counted8(let range): counted(octets(range))
    case .counted16(let range): counted16(octets(range))
    default: special(part)
    }
  }

  /// The octets of a part that one type has of its own.
  private mutating func special(_ part: Part) -> [UInt8] {
    switch part {
    case .digest: digest()
    case .fingerprint: fingerprint()
    case .zoneDigest: zoneDigest()
    case .hash: counted(random.bytes(20))
    case .signature: signatureHead()
    case .formerKey: formerKey()
    case .bitmap: bitmap()
    case .oldBitmap: flatBitmap(counts: [0, 1, 4, 16], first: 0x7f)
    case .services: flatBitmap(counts: [0, 1, 3, 20, 8192], first: 0xff)
    case .location: location()
    case .addressPrefixes: addressPrefixes()
    case .serviceBinding: serviceBinding()
    case .gateway: gateway()
    case .relay: relay()
    case .hostIdentity: hostIdentity()
    case .a6: a6()
    case .atm:
      Bool.random(using: &random)
        ? [0] + octets(1...40) : [1] + characters("0123456789", length(1...40))
    case .regular: counted(Array(pick(["", "!^.*$!sip:x@y!", "!(.*)!\\1!i"]).utf8))
    default: counted(Array(pick(["-32.6882", "0", "-0.0", "116.8652", "89.9999", "10"]).utf8))
    }
  }
}
