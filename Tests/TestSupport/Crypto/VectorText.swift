import Bytes

/// Bytes of published vectors from the text form in which the RFCs print them; spaces and line ends are passed over.
package enum VectorText {
  /// Thrown for text that is not of the encoding: the vector was mistyped.
  package struct Malformed: Error {
    /// The text.
    package let text: String
  }

  /// Base 16.
  package static func hex(_ text: String) throws -> [UInt8] {
    try decode(text) { Hex.decode($0) }
  }

  /// Base 64.
  package static func base64(_ text: String) throws -> [UInt8] {
    try decode(text) { Base64.decode($0) }
  }

  /// Base 32 with the extended hex alphabet, as in NSEC3 owner names.
  package static func base32Hex(_ text: String) throws -> [UInt8] {
    try decode(text) { Base32Hex.decode($0.utf8) }
  }

  /// Takes white space out and decodes.
  private static func decode(_ text: String, with decoder: (String) -> [UInt8]?) throws -> [UInt8] {
    guard let bytes = decoder(text.filter { !$0.isWhitespace }) else { throw Malformed(text: text) }
    return bytes
  }
}
