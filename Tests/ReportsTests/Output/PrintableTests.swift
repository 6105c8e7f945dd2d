import Testing

@testable import Reports

@Suite("Printable text") struct PrintableTests {
  @Test(
    "what is not printable ASCII is written by its number",
    arguments: [
      ("plain ~ text\\", "plain ~ text\\"), ("\u{1b}[31m", #"\u{1B}[31m"#),
      ("a\tb\nc\0", #"a\u{9}b\u{A}c\u{0}"#),
      ("\u{7f}\u{80}\u{9b}", #"\u{7F}\u{80}\u{9B}"#), ("\u{202e}abc", #"\u{202E}abc"#), ("ü", #"\u{FC}"#),
      ("\u{600}<b>", #"\u{600}<b>"#), ("\"\u{301}x", #""\u{301}x"#), ("\r\n", #"\u{D}\u{A}"#),
      ("😀", #"\u{1F600}"#),
      ("", ""),
    ])
  func escapes(text: String, expected: String) {
    #expect(Printable(text).description == expected)
    #expect(Printable(text).width == expected.utf8.count)
  }

  @Test("of every character of Unicode there comes printable ASCII")
  func everyScalar() {
    for value in UInt32(0)...0x10ffff {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = Printable(String(Character(scalar))).description
      guard text.utf8.allSatisfy({ (0x20...0x7e).contains($0) }), !text.isEmpty else {
        Issue.record("U+\(String(value, radix: 16)) gives \(text.utf8.map { $0 })")
        return
      }
    }
  }
}
