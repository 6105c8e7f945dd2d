import Foundation
import TestSupport
import Testing

/// `names.pcap` holds markup, escape sequences and direction overrides as owners and in texts. Without its anchor
/// everything in it is bogus, so that findings name the names too.
@Suite("Hostile text") struct HostileTextTests {
  @Test(
    "neither owners nor texts bring anything but printable characters and line ends to an output",
    arguments: ["-v", "-q", "--json", "decode", "decode --json"])
  func outputs(options: String) throws {
    for anchors in options.hasPrefix("decode") ? [[]] : [[], ["--trust-anchor", Sample.names.anchors]] {
      let arguments = options.split(separator: " ").map(String.init) + anchors
      let outcome = try run(Environment.command, arguments + [Sample.names.path])
      #expect(unprintable(outcome.output) == [])
      #expect(unprintable(outcome.errors) == [])
    }
  }

  @Test("what is escaped is there, as owner and as text")
  func isThere() throws {
    let text = try dnsaudit("decode", Sample.names.path).text
    #expect(text.contains(#"\027[31mred\027[0m.names.test. "#))
    #expect(text.contains(#"TXT "\027[31m"#))
    #expect(text.contains(#"\226\128\174gpj\.exe.names.test. "#))
    #expect(text.contains(#"TXT "\226\128\174"#))
    #expect(text.contains(#"<script>alert\(1\)</script>.names.test. "#))
    #expect(text.contains(#"TXT "<script>"#))
  }

  @Test("the page has the names as text and not one of their elements", arguments: [true, false])
  func page(anchored: Bool) throws {
    let folder = try TemporaryFolder(), page = folder.url.appending(path: "page.html")
    let anchors = anchored ? ["--trust-anchor", Sample.names.anchors] : []
    _ = try run(Environment.command, anchors + ["--report", page.path(), Sample.names.path])
    let bytes = try Data(contentsOf: page), html = String(decoding: bytes, as: UTF8.self).lowercased()
    #expect(unprintable(bytes) == [])
    #expect(html.contains(#"&lt;script&gt;alert\(1\)&lt;/script&gt;."#))
    for element in ["<script", "<img", "<svg/onload", "<b>", "javascript:alert(", "</title><svg"] {
      #expect(!html.contains(element), "\(element)")
    }
  }

  @Test("nor do file names, filters, anchors and fields of the case")
  func arguments() throws {
    let hostile = "<script>\u{1b}[31m\u{202e}\u{9b}31m\u{7}.pcap"
    let folder = try TemporaryFolder(), page = folder.url.appending(path: "page.html").path()
    try folder.write(Sample.spoofed.bytes, to: hostile)
    let path = folder.url.path() + (folder.url.path().hasSuffix("/") ? "" : "/") + hostile
    for options in [
      ["--note", hostile, "--case", hostile], ["--json", "--examiner", hostile], ["-f", hostile],
      [path + "gone"],
    ] {
      let outcome = try run(
        Environment.command, options + ["--trust-anchor", Sample.spoofed.anchors, "--report", page, path])
      #expect(unprintable(outcome.output) == [], "\(options)")
      #expect(unprintable(outcome.errors) == [], "\(options)")
      let html = try Data(contentsOf: URL(filePath: page))
      #expect(unprintable(html) == [])
      #expect(!String(decoding: html, as: UTF8.self).contains("<script"))
    }
    #expect(try dnsaudit("--trust-anchor", path, path).errorText.contains("<script>\\u{1B}[31m\\u{202E}"))
  }

  /// The characters that could steer a terminal or turn text around, as numbers; bytes that are no UTF-8 too.
  private func unprintable(_ bytes: Data) -> [UInt32] {
    guard let text = String(validating: bytes, as: UTF8.self) else { return [0xff] }
    return text.unicodeScalars.map(\.value).filter { value in
      value < 0x20 && value != 0x0a || (0x7f...0x9f).contains(value) || (0x200b...0x200f).contains(value)
        || (0x2028...0x202e).contains(value) || (0x2066...0x2069).contains(value) || value == 0xfeff
    }
  }
}
