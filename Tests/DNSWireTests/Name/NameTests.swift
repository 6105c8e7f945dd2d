import DNSWire
import TestSupport
import Testing

@Suite struct NameTests {
  @Test("a name of 255 octets is accepted, one of 256 refused (RFC 1035 §2.3.4)")
  func length() {
    let label = [UInt8](repeating: 0x61, count: 63)
    let longest = [label, label, label, Array(label[..<61])]
    #expect(Name(labels: longest)?.wire.count == 255)
    #expect(Name(labels: [label, label, label, Array(label[..<62])]) == nil)
    #expect(Name(labels: longest)?.child([0x62]) == nil)
    #expect(Name(labels: [label, label, label, Array(label[..<59])])?.child([0x62])?.wire.count == 255)
  }

  @Test("a label of 63 octets is accepted, one of 64 and an empty one refused (RFC 1035 §2.3.4)")
  func labelLength() {
    #expect(Name(labels: [[UInt8](repeating: 0x61, count: 63)])?.labelCount == 1)
    #expect(Name(labels: [[UInt8](repeating: 0x61, count: 64)]) == nil)
    #expect(Name(labels: [[]]) == nil)
    #expect(Name.root.child([UInt8](repeating: 0x61, count: 64)) == nil)
    #expect(Name.root.child([]) == nil)
  }

  @Test("only A to Z fold, wherever an octet stands in its name (RFC 4343 §2.1)")
  func folding() throws {
    for length in 1...20 {
      for octet in UInt8.min ... .max {
        var label = [UInt8](repeating: 0xdf, count: length)
        label[length - 1] = octet
        let name = try #require(Name(labels: [label, [0x78]]))
        let isUpper = (0x41...0x5a).contains(octet)
        label[length - 1] = octet ^ 0x20
        let other = try #require(Name(labels: [label, [0x78]]))
        #expect((name == other) == (isUpper || (0x61...0x7a).contains(octet)))
        #expect((name.folded.wire == other.wire) == isUpper)
        #expect((name.hashValue == other.hashValue) == (name == other))
      }
    }
  }

  @Test("wire form is one whole uncompressed name, nothing less or more")
  func wireForm() {
    #expect(Name(wire: [1, 0x61, 0])?.description == "a.")
    #expect(Name(wire: [0]) == .root)
    for wrong in [
      [], [1, 0x61], [1, 0x61, 0, 0], [2, 0x61, 0], [64] + [UInt8](repeating: 0x61, count: 64) + [0],
      [0xc0, 0],
    ]
      as [[UInt8]]
    {
      #expect(Name(wire: wrong) == nil)
    }
  }

  @Test("names are equal and hash alike whatever the case of ASCII letters (RFC 4343)")
  func caseFolding() throws {
    let lower = try #require(Name("www.example.")), mixed = try #require(Name("WwW.eXample."))
    #expect(lower == mixed && lower.hashValue == mixed.hashValue && lower.wire != mixed.wire)
    #expect(mixed.canonical.wire == lower.wire)
    #expect(mixed.folded.wire == lower.wire && lower.folded.wire == lower.wire)
    #expect(try #require(Name("\\193.")) != #require(Name("\\225.")))
    #expect(try #require(Name("\\064.")) != #require(Name("\\096.")))
  }

  @Test("names order as in RFC 4034 §6.1")
  func canonicalOrder() throws {
    let ordered = try [
      "example.", "a.example.", "yljkjljk.a.example.", "Z.a.example.", "zABC.a.EXAMPLE.", "z.example.",
      "\\001.z.example.", "*.z.example.", "\\200.z.example.",
    ].map { try #require(Name($0)) }
    var random = SeededRandom(seed: 0x5eed_0002)
    #expect(ordered.shuffled(using: &random).sorted().map(\.description) == ordered.map(\.description))
    for (index, name) in ordered.enumerated() {
      for (other, second) in ordered.enumerated() { #expect((name < second) == (index < other)) }
    }
  }

  @Test("presentation format escapes what RFC 1035 §5.1 gives a meaning, and what is not printable")
  func escapes() throws {
    let name = try #require(Name(labels: [Array(#"a.b\c"d$e(f)g;h@i"#.utf8), [0x20, 0x00, 0x7f, 0xff]]))
    #expect(name.description == #"a\.b\\c\"d\$e\(f\)g\;h\@i.\032\000\127\255."#)
    #expect(Name.root.description == ".")
    #expect(Name(name.description)?.wire == name.wire)
  }

  @Test("every octet survives presentation format and back")
  func everyOctet() throws {
    for octet in UInt8.min...UInt8.max {
      let name = try #require(Name(labels: [[octet], [0x61, octet]]))
      #expect(Name(name.description)?.wire == name.wire)
      #expect(name.description.utf8.allSatisfy { (0x21...0x7e).contains($0) })
    }
  }

  @Test("text is read with and without its last dot")
  func lastDot() {
    #expect(Name("a.b")?.wire == Name("a.b.")?.wire)
    #expect(Name(".")?.isRoot == true)
  }

  @Test(
    "text that is no name is refused",
    arguments: [
      "", "..", ".a", "a..b", "a\\", "a\\25", "a\\256.", "a\\2x5.", String(repeating: "a", count: 64),
    ])
  func badText(text: String) {
    #expect(Name(text) == nil)
  }

  @Test("ancestors, suffixes and children go by whole labels")
  func relations() throws {
    let name = try #require(Name("a.b.Example."))
    #expect(name.labelCount == 3)
    #expect(name.parent?.description == "b.Example." && Name.root.parent == nil)
    #expect(
      [0, 1, 3, 4, -1].map { name.suffix(labels: $0).description } == [
        ".", "Example.", "a.b.Example.", "a.b.Example.", ".",
      ])
    #expect(
      try name.isSubdomain(of: #require(Name("EXAMPLE."))) && name.isSubdomain(of: .root)
        && name.isSubdomain(of: name))
    #expect(try !name.isSubdomain(of: #require(Name("xample."))) && !Name.root.isSubdomain(of: name))
    #expect(
      try !#require(Name(labels: [Array("x\u{07}example".utf8)])).isSubdomain(of: #require(Name("example."))))
    #expect(try name.commonAncestor(with: #require(Name("c.B.example."))).description == "b.Example.")
    #expect(try name.commonAncestor(with: #require(Name("example.b."))) == .root)
    #expect(name.wildcardChild?.description == "*.a.b.Example." && name.wildcardChild?.isWildcard == true)
    #expect(!name.isWildcard && Name("\\042x.")?.isWildcard == false && Name("*.")?.isWildcard == true)
  }
}
