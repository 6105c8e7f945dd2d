import Bytes

extension NameView {
  /// Appends the presentation format (RFC 1035 §5.1), fully qualified, letters as spelled. On an error `text`
  /// is as before.
  /// - Returns: the offset behind the name where it stands.
  @discardableResult
  package func appendPresentation(to text: inout [UInt8]) throws(DecodingError) -> Int {
    let end = try validate()  // From here on every label lies in the message and the pointers come to an end.
    var position = offset
    let start = text.count
    while message[position] != 0 {
      let length = Int(message[position])
      if length >= 0xc0 {
        position = (length & 0x3f) << 8 | Int(message[position + 1])
        continue
      }
      appendLabel(message.extracting((position + 1)...(position + length)), to: &text)
      position += 1 + length
    }
    if text.count == start { text.append(0x2e) }
    return end
  }
}
