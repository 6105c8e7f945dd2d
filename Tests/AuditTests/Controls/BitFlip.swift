import DNSWire
import TestSupport

/// One changed bit in a record of a response.
struct BitFlip: Sendable, CustomStringConvertible {
  /// What the bit belongs to.
  enum Field: CaseIterable { case rdata, owner, originalTTL, signer, signature }

  /// The exchange whose response is changed.
  let exchange: Int
  /// What is changed, the octet in the message and the bit in it.
  let field: Field, offset: Int, mask: UInt8
  /// What the reader of a failing test wants to know.
  let description: String

  /// Draws a bit of an answer section.
  init?(_ index: Int, in capture: ZoneCapture, field: Field, using random: inout SeededRandom) {
    let places = capture.exchanges[index].response.places.filter {
      $0.section == .answer && ($0.type == .rrsig) == (field != .rdata && field != .owner)
    }
    self.init(index, in: capture, field: field, of: places, using: &random)
  }

  /// Draws a bit of one of some records; names are spared changes of case, which mean nothing (RFC 4034 §6.2,
  /// RFC 4343).
  init?(
    _ index: Int, in capture: ZoneCapture, field: Field, of places: [RecordPlace],
    using random: inout SeededRandom
  ) {
    let exchange = capture.exchanges[index], bytes = exchange.response.bytes
    guard let place = places.randomElement(using: &random) else { return nil }
    guard let offset = BitFlip.octets(field, place, bytes).randomElement(using: &random) else { return nil }
    let isName = field == .owner || field == .signer || [.cname, .dname, .mx].contains(place.type)
    let isLetter = (0x61...0x7a).contains(bytes[offset] | 0x20)
    let masks = (0..<8).map { UInt8(1) << $0 }.filter { !(isName && isLetter && $0 == 0x20) }
    guard let mask = masks.randomElement(using: &random) else { return nil }
    (self.exchange, self.field, self.offset, self.mask) = (index, field, offset, mask)
    description =
      "\(field) of \(exchange.name) \(place.type.mnemonic), octet \(offset) \(bytes[offset]) ^ \(mask)"
  }

  /// Changes the bit.
  func apply(to capture: inout ZoneCapture) { capture.exchanges[exchange].response.bytes[offset] ^= mask }

  /// The octets of a field in the message (RFC 4034 §3.1).
  private static func octets(_ field: Field, _ place: RecordPlace, _ message: [UInt8]) -> Range<Int> {
    let start = place.rdata.lowerBound
    var signerEnd = start + 18
    if place.type == .rrsig {
      while message[signerEnd] != 0 { signerEnd += Int(message[signerEnd]) + 1 }
    }
    return switch field {
    case .rdata: place.rdata
    case .owner: place.owner
    case .originalTTL: start + 4..<start + 8
    case .signer: start + 18..<signerEnd + 1
    case .signature: signerEnd + 1..<place.rdata.upperBound
    }
  }
}
