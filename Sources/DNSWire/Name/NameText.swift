extension Name: CustomStringConvertible {
  /// Presentation format (RFC 1035 §5.1), fully qualified; everything but printable ASCII as `\DDD`.
  package var description: String {
    var text: [UInt8] = []
    // Few names have characters that take more than one octet.
    text.reserveCapacity(wire.count)
    appendPresentation(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the presentation format as ASCII bytes.
  package func appendPresentation(to text: inout [UInt8]) {
    if isRoot { text.append(0x2e) }
    var offset = 0
    while wire[offset] != 0 {
      let end = offset + 1 + Int(wire[offset])
      appendLabel(wire.span.extracting((offset + 1)..<end), to: &text)
      offset = end
    }
  }

  /// A name in presentation format, with or without the trailing dot; nil when it is not one.
  package init?(_ text: String) {
    if text == "." {
      self = .root
      return
    }
    guard let labels = parseLabels(Array(text.utf8)), !labels.isEmpty else { return nil }
    self.init(labels: labels)
  }
}

/// Appends a label and the dot behind it: letters, digits and hyphens, of which most labels consist, in one piece.
@inline(__always)
func appendLabel(_ label: Span<UInt8>, to text: inout [UInt8]) {
  var isPlain = true
  for index in label.indices {
    let octet = label[index]
    isPlain = isPlain && (octet | 0x20 &- 0x61 < 26 || octet &- 0x30 < 10 || octet == 0x2d || octet == 0x5f)
  }
  if isPlain {
    text.append(addingCapacity: label.count &+ 1) { text in
      for index in label.indices { text.append(label[index]) }
      text.append(0x2e)
    }
  } else {
    for index in label.indices { appendEscaped(label[index], to: &text) }
    text.append(0x2e)
  }
}

/// Appends one octet of a label: special characters of RFC 1035 §5.1 behind a backslash, others as `\DDD`.
@inline(__always)
package func appendEscaped(_ octet: UInt8, to text: inout [UInt8]) {
  switch octet {
  case 0x22, 0x24, 0x28, 0x29, 0x2e, 0x3b, 0x40, 0x5c:  // " $ ( ) . ; @ \
    text.append(0x5c)
    text.append(octet)
  case 0x21...0x7e: text.append(octet)
  default: appendDecimalEscape(octet, to: &text)
  }
}

/// Appends `\DDD`.
package func appendDecimalEscape(_ octet: UInt8, to text: inout [UInt8]) {
  text.append(0x5c)
  text.append(0x30 + octet / 100)
  text.append(0x30 + octet / 10 % 10)
  text.append(0x30 + octet % 10)
}

/// The labels of presentation format; nil for a bad escape or an empty label.
private func parseLabels(_ text: [UInt8]) -> [[UInt8]]? {
  var labels: [[UInt8]] = [], label: [UInt8] = [], index = 0
  while index < text.count {
    switch text[index] {
    case 0x2e:
      guard !label.isEmpty else { return nil }
      labels.append(label)
      label = []
      index += 1
    case 0x5c:
      guard let (octet, length) = parseEscape(text[index...]) else { return nil }
      label.append(octet)
      index += length
    default:
      label.append(text[index])
      index += 1
    }
  }
  if !label.isEmpty { labels.append(label) }
  return labels
}

/// The octet that `\DDD` or `\X` at the start of the text stands for, and how many characters it takes.
private func parseEscape(_ text: ArraySlice<UInt8>) -> (octet: UInt8, length: Int)? {
  let rest = text.dropFirst()
  guard let first = rest.first else { return nil }
  guard (0x30...0x39).contains(first) else { return (first, 2) }
  let digits = rest.prefix(3)
  guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
  let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  return value <= 255 ? (UInt8(value), 4) : nil
}
