/// The extension headers between an IPv6 header and the transport (RFC 8200 §4).
struct IPv6ExtensionHeaders {
  /// The protocol of what follows the headers passed so far.
  private(set) var next: IPProtocol
  /// The identification of a fragment header.
  private(set) var identification: UInt32?
  /// The place that a fragment header names; nil also for an "atomic fragment", which is whole (RFC 6946).
  private(set) var fragment: FragmentPosition?
  /// Whether a routing header names places yet to be visited.
  private(set) var isRouted = false

  /// Before the first header.
  @inline(__always)
  init(first: IPProtocol) { next = first }

  /// Passes over the headers at the start of `bytes` and answers how many bytes they take.
  @inline(__always)
  mutating func pass(_ bytes: Span<UInt8>) throws(PacketFate) -> Int {
    if next == .udp || next == .tcp { return 0 }
    return try passHeaders(bytes)
  }

  /// The same, once it is not plain UDP or TCP.
  private mutating func passHeaders(_ bytes: Span<UInt8>) throws(PacketFate) -> Int {
    var offset = 0
    for _ in 0...PacketLimits.extensionHeaders {
      guard let length = try lengthOfNext(bytes, at: offset) else { return offset }
      guard bytes.count - offset >= length else { throw .cutIPHeader }
      if next == .fragment { readFragment(bytes, at: offset) }
      if next == .routing { isRouted = isRouted || bytes[offset + 3] != 0 }
      next = IPProtocol(rawValue: bytes[offset])
      offset += length
      // What follows belongs to the datagram, whose other extension headers are passed once it is whole.
      if fragment != nil { return offset }
    }
    throw .tooManyExtensionHeaders
  }

  /// Bytes of the extension header at `offset`; nil when `next` is not one.
  private func lengthOfNext(_ bytes: Span<UInt8>, at offset: Int) throws(PacketFate) -> Int? {
    switch next {
    case .fragment: return 8
    case .hopByHop, .routing, .destinationOptions, .mobility, .hostIdentity, .shim6:
      guard bytes.count - offset >= 2 else { throw .cutIPHeader }
      return (Int(bytes[offset + 1]) + 1) * 8
    case .authentication:
      guard bytes.count - offset >= 2 else { throw .cutIPHeader }
      // In units of 4 bytes, minus 2 (RFC 4302 §2.2).
      return (Int(bytes[offset + 1]) + 2) * 4
    default: return nil
    }
  }

  /// The fragment header: offset in units of 8 bytes, two reserved bits, M flag; then the identification (RFC 8200 §4.5).
  private mutating func readFragment(_ bytes: Span<UInt8>, at offset: Int) {
    let field = bytes.uint16(at: offset + 2)
    identification = bytes.uint32(at: offset + 4)
    let position = FragmentPosition(offset: Int(field & 0xfff8), isFollowed: field & 1 != 0)
    fragment = position.offset == 0 && !position.isFollowed ? nil : position
  }
}
