import Testing

@testable import Reports

@Suite("Printable text") struct PrintableTests {
  @Test(
    "what is not printable ASCII is written by its number",
    arguments: [
      ("plain ~ text\\", "plain ~ text\\"), ("\u{1b}[31m", #"\u{1B}[31m"#),
      ("a\tb\nc\0", #"a\u{9}b\u{A}c\u{0}"#),
      ("\u{7f}\u{80}\u{9b}", #"\u{7F}\u{80}\u{9B}"#), ("\u{202e}abc", #"\u{202E}abc"#), ("ü", #"\u{FC}"#),
      ("RFC 4035 §5", "RFC 4035 section 5"),
      ("\u{600}<b>", #"\u{600}<b>"#), ("\"\u{301}x", #""\u{301}x"#), ("\r\n", #"\u{D}\u{A}"#),
      ("😀", #"\u{1F600}"#),
      ("", ""),
    ])
  func escapes(text: String, expected: String) {
    #expect(Printable(text).description == expected)
    #expect(Printable(text).width == expected.utf8.count)
  }

  @Test("2,000 characters of a text are taken, and a longer one says how much is missing")
  func limit() {
    let longest = String(repeating: "x", count: 2_000)
    #expect(Printable(longest).description == longest)
    #expect(Printable(longest + "yz").description == longest + " ... (2 more characters)")
    let escaped = String(repeating: "\u{1b}", count: 2_000)
    #expect(!Printable(escaped).description.contains("more"))
    #expect(Printable(escaped + "\u{1b}").description.hasSuffix(#"\u{1B} ... (1 more characters)"#))
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
