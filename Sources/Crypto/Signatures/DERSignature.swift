/// Signatures of two numbers in the form that libcrypto reads.
enum DERSignature {
  /// Replaces `der` by the DER form of r || s (RFC 2536 §3, RFC 6605 §4, RFC 9563): SEQUENCE { INTEGER r, INTEGER s }.
  ///
  /// Written by hand because building an ECDSA_SIG object costs thirty times as much. The two numbers have
  /// 20, 32 or 48 octets each, so every length fits the one-octet form (X.690 §8.1.3.4).
  static func encode(_ raw: Span<UInt8>, into der: inout [UInt8]) {
    let half = raw.count / 2
    der.removeAll(keepingCapacity: true)
    der.append(0x30)
    der.append(0)
    appendInteger(raw, 0..<half, to: &der)
    appendInteger(raw, half..<raw.count, to: &der)
    der[1] = UInt8(truncatingIfNeeded: der.count - 2)
  }

  /// Appends a positive INTEGER in as few octets as it has (X.690 §8.3): no leading zeros but one before a set top bit.
  private static func appendInteger(_ raw: Span<UInt8>, _ range: Range<Int>, to der: inout [UInt8]) {
    var start = range.lowerBound
    while start < range.upperBound - 1, raw[start] == 0 { start += 1 }
    let padding = raw[start] >> 7
    der.append(0x02)
    der.append(UInt8(truncatingIfNeeded: range.upperBound - start) &+ padding)
    if padding == 1 { der.append(0) }
    for index in start..<range.upperBound { der.append(raw[index]) }
  }
}
