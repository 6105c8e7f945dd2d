import Reports
import Testing

@Suite struct JSONLineWriterTests {
  /// What a writer wrote.
  private func written(_ body: (inout JSONLineWriter) -> Void) -> String {
    var writer = JSONLineWriter()
    writer.line(body)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test("members and elements stand in their order, with commas between them only")
  func order() {
    let line = written { line in
      line.field("event", "message")
      line.field("frame", 12)
      line.field("qr", true)
      line.object("counts") { counts in
        counts.field("qd", 1 as UInt16)
        counts.field("an", -2)
      }
      line.array("flags") { flags in
        flags.element("aa")
        flags.element(7)
        flags.object { $0.field("a", false) }
        flags.object { _ in }
      }
      line.array("empty") { _ in }
      line.nullField("edns")
    }
    #expect(
      line == #"{"event":"message","frame":12,"qr":true,"counts":{"qd":1,"an":-2},"#
        + #""flags":["aa",7,{"a":false},{}],"empty":[],"edns":null}"# + "\n")
  }

  @Test("absent values are null")
  func absent() {
    let line = written { line in
      line.field("a", String?.none)
      line.field("b", Int?.none)
      line.field("c", Bool?.none)
    }
    #expect(line == "{\"a\":null,\"b\":null,\"c\":null}\n")
  }

  @Test("the largest and the smallest numbers are written in full")
  func numbers() {
    #expect(written { $0.field("n", UInt64.max) } == "{\"n\":18446744073709551615}\n")
    #expect(written { $0.field("n", Int64.min) } == "{\"n\":-9223372036854775808}\n")
  }

  @Test(
    "characters that end lines, move the cursor or turn the writing direction are escaped",
    arguments: [
      ("\"\\/", #"\"\\/"#), ("\u{1b}[31m", #"\u001b[31m"#), ("a\nb\tc\rd\0", #"a\nb\tc\u000dd\u0000"#),
      ("\u{7f}", #"\u007f"#), ("ä\u{85}ö", #"ä\u0085ö"#), ("\u{202e}abc", #"\u202eabc"#),
      ("\u{2028}\u{2029}\u{feff}", #"\u2028\u2029\ufeff"#), ("\u{e0001}", #"\udb40\udc01"#),
      ("<script>", "<script>"), ("日本 😀", "日本 😀"), ("", ""),
    ])
  func escapes(text: String, expected: String) {
    #expect(written { $0.field("t", text) } == "{\"t\":\"\(expected)\"}\n")
    #expect(written { $0.array("t") { $0.element(text) } } == "{\"t\":[\"\(expected)\"]}\n")
  }

  @Test("every octet given as ASCII text comes out as printable ASCII")
  func everyOctet() {
    var writer = JSONLineWriter()
    writer.line { $0.field("t", ascii: Array(0...255)) }
    #expect(writer.bytes.dropLast().allSatisfy { (0x20...0x7e).contains($0) })
    let text = String(decoding: writer.bytes, as: UTF8.self)
    for part in [#"\u001f !\""#, #"[\\]"#, #"~\u007f\u0080"#] { #expect(text.contains(part)) }
  }

  @Test("lines follow one another until the writer is emptied")
  func lines() {
    var writer = JSONLineWriter()
    writer.line { $0.field("a", 1) }
    writer.line { $0.field("b", 2) }
    #expect(String(decoding: writer.bytes, as: UTF8.self) == "{\"a\":1}\n{\"b\":2}\n")
    writer.removeAll()
    #expect(writer.bytes.isEmpty)
  }
}
