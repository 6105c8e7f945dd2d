import Bytes
import DNSWire
import Findings

/// One input: what identifies it, and what it holds.
struct InputCard {
  /// The path, and the facts.
  let path: Printable, inputFacts: [Line]

  /// The card of an input.
  init(_ capture: CaptureEvent) {
    path = Printable(capture.path)
    var facts = [
      Line("SHA-256", capture.sha256 ?? "not computed", isCode: true),
      Line("Size", "\(grouped(capture.bytes)) bytes"), Line("Container", capture.format),
      Line("Link types", someOf(capture.linkTypes, limit: Page.listLimit)),
      Line("Snap length", "\(grouped(capture.snaplen)) bytes"), Line("Packets", grouped(capture.packets)),
      Line("Dropped", capture.dropped.map { grouped($0) } ?? "not recorded"),
      Line("First packet", capture.firstTime?.rfc3339 ?? "none"),
      Line("Last packet", capture.lastTime?.rfc3339 ?? "none"),
    ]
    if !capture.interfaces.isEmpty {
      facts.append(Line("Interfaces", someOf(capture.interfaces, limit: Page.listLimit)))
    }
    if !capture.comments.isEmpty {
      facts.append(Line("Comments", someOf(capture.comments, limit: Page.listLimit)))
    }
    facts.append(
      Line("Read to its end", capture.truncated ? "no: \(capture.error ?? "cut short or damaged")" : "yes"))
    inputFacts = facts
  }
}

extension Line {
  /// The tool, what it was told, and the library that did the arithmetic.
  static func tool(_ run: RunEvent) -> [Line] {
    let tool = [
      Line("Tool", "\(run.tool) \(run.version)"),
      Line("Build", run.build.isEmpty ? "not recorded" : run.build),
      Line("Cryptography", run.cryptoLibrary),
    ]
    return tool + run.options.map { Line($0.name, $0.value.text, isCode: true) }
  }
}

extension OptionValue {
  /// The value in words.
  var text: String {
    switch self {
    case .text(let text): text
    case .number(let number): String(number)
    case .flag(let flag): flag ? "yes" : "no"
    case .list(let texts): texts.isEmpty ? "none" : someOf(texts, limit: Page.listLimit)
    case .none: "not given"
    }
  }
}

/// One trust anchor.
struct AnchorRow {
  /// Its fields, the time that it is in force, and where it comes from.
  let anchorZone: Printable, keyTag: Int, algorithm: Printable, digestType: Printable, inForce: Printable,
    source: Printable

  /// The row of an anchor.
  init(_ entry: AnchorEntry) {
    anchorZone = Printable("\(entry.zone)")
    keyTag = Int(entry.keyTag)
    algorithm = Printable(SecurityAlgorithm(rawValue: entry.algorithm).mnemonic)
    digestType = Printable(DSDigestType(rawValue: entry.digestType).mnemonic)
    let bounds = [
      entry.validFrom.map { "from \(timeText($0))" }, entry.validUntil.map { "until \(timeText($0))" },
    ].compactMap(\.self)
    inForce = Printable(bounds.isEmpty ? "always" : bounds.joined(separator: " "))
    source = Printable(entry.source)
  }
}
