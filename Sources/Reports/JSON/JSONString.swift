/// Appends a JSON string (RFC 8259 §7) in quotation marks.
func appendJSONString(_ text: String, to bytes: inout [UInt8]) {
  let octets = text.utf8Span.span
  if isPlain(octets) { return appendPlain(octets, to: &bytes) }
  bytes.append(0x22)
  for scalar in text.unicodeScalars { appendEscaped(scalar, to: &bytes) }
  bytes.append(0x22)
}

/// Appends octets that stand for themselves in quotation marks.
@inline(__always)
private func appendPlain(_ octets: Span<UInt8>, to bytes: inout [UInt8]) {
  bytes.append(addingCapacity: octets.count &+ 2) {
    $0.append(0x22)
    $0.append(octets)
    $0.append(0x22)
  }
}

/// Appends a JSON string of ASCII text in quotation marks; other octets are taken for U+0080...U+00FF.
func appendJSONString(ascii text: [UInt8], to bytes: inout [UInt8]) {
  if isPlain(text.span) { return appendPlain(text.span, to: &bytes) }
  bytes.append(0x22)
  for octet in text { appendEscapedASCII(octet, to: &bytes) }
  bytes.append(0x22)
}

/// Whether all octets are printable ASCII that stands for itself. Nearly all strings are; they are looked at eight
/// octets at a time and copied in one piece.
@inline(__always)
private func isPlain(_ text: Span<UInt8>) -> Bool {
  var special: UInt64 = 0, offset = 0
  while offset &+ 8 <= text.count {
    special |= specialOctets(unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    offset &+= 8
  }
  var rest: UInt64 = 0x2020_2020_2020_2020
  while offset < text.count {
    rest = rest &<< 8 | UInt64(text[offset])
    offset &+= 1
  }
  return special | specialOctets(rest) == 0
}

/// The highest bit of each octet that is not in 0x20...0x7e, or a quotation mark, or a backslash; others are 0.
@inline(__always)
private func specialOctets(_ word: UInt64) -> UInt64 {
  let ones: UInt64 = 0x0101_0101_0101_0101, low = word & (ones &* 0x7f)
  // Adding to seven bits a lane carries into the eighth: no lane reaches the next one.
  let isPrintable = low &+ ones &* (0x80 - 0x20), isDelete = low &+ ones
  let isNoQuote = (low ^ (ones &* 0x22)) &+ ones &* 0x7f,
    isNoBackslash = (low ^ (ones &* 0x5c)) &+ ones &* 0x7f
  return (word | isDelete | ~(isPrintable & isNoQuote & isNoBackslash)) & (ones &* 0x80)
}

/// Appends one ASCII character: quotation mark and backslash behind a backslash, controls as `\u00XX`.
@inline(__always)
private func appendEscapedASCII(_ octet: UInt8, to bytes: inout [UInt8]) {
  switch octet {
  case 0x22, 0x5c:
    bytes.append(0x5c)
    bytes.append(octet)
  case 0x20...0x7e: bytes.append(octet)
  case 0x0a: bytes.append(contentsOf: [0x5c, 0x6e])
  case 0x09: bytes.append(contentsOf: [0x5c, 0x74])
  default: appendUnicodeEscape(UInt16(octet), to: &bytes)
  }
}

/// Appends one character as UTF-8 when a reader sees it, otherwise as one or two `\uXXXX`.
private func appendEscaped(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
  if scalar.isASCII {
    appendEscapedASCII(UInt8(truncatingIfNeeded: scalar.value), to: &bytes)
  } else if scalar.isVisible {
    bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  } else {
    for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
      appendUnicodeEscape(unit, to: &bytes)
    }
  }
}

/// Appends `\uXXXX`.
private func appendUnicodeEscape(_ unit: UInt16, to bytes: inout [UInt8]) {
  bytes.append(0x5c)
  bytes.append(0x75)
  for shift in [12, 8, 4, 0] as [UInt16] {
    let digit = UInt8(unit >> shift & 15)
    bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
  }
}

extension Unicode.Scalar {
  /// Whether a reader sees it: no control, no bidirectional or other format character (U+202E), no line or
  /// paragraph separator, nothing unassigned or private.
  package var isVisible: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
    default: true
    }
  }
}
