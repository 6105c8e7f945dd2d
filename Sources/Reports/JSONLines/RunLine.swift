import DNSWire
import Findings

extension JSONLineWriter {
  /// Writes the members of `run`.
  mutating func write(_ run: RunEvent) {
    field("event", "run")
    object("tool") { tool in
      tool.field("name", run.tool)
      tool.field("version", run.version)
      tool.field("build", run.build)
      tool.field("crypto_library", run.cryptoLibrary)
    }
    field("generated", run.generated)
    object("options") { options in
      for option in run.options { options.field(option.name, option.value) }
    }
    array("anchors") { list in
      for anchor in run.anchors { list.object { $0.write(anchor) } }
    }
    object("case") { object in
      for entry in run.caseFields { object.field(entry.name, entry.value) }
    }
  }

  /// Writes the members of an entry of `anchors`.
  private mutating func write(_ anchor: AnchorEntry) {
    field("zone", anchor.zone)
    key(tag: anchor.keyTag, algorithm: anchor.algorithm)
    field("digest_type", DSDigestType(rawValue: anchor.digestType).mnemonic)
    field("valid_from", anchor.validFrom)
    field("valid_until", anchor.validUntil)
    field("followed", anchor.isFollowed)
    field("source", anchor.source)
  }

  /// Writes an option's value in JSON's own kind.
  private mutating func field(_ key: String, _ value: OptionValue) {
    switch value {
    case .text(let text): field(key, text)
    case .number(let number): field(key, number)
    case .flag(let flag): field(key, flag)
    case .list(let texts): field(key, texts)
    case .none: nullField(key)
    }
  }

  /// Writes the members of `capture`.
  mutating func write(_ capture: CaptureEvent) {
    field("event", "capture")
    field("file", capture.file)
    field("path", capture.path)
    if let sha256 = capture.sha256 { field("sha256", sha256) }
    field("bytes", capture.bytes)
    field("format", capture.format)
    field("link_types", capture.linkTypes)
    field("snaplen", capture.snaplen)
    field("interfaces", capture.interfaces)
    field("comments", capture.comments)
    field("packets", capture.packets)
    field("dropped", capture.dropped)
    field("first_time", capture.firstTime)
    field("last_time", capture.lastTime)
    field("truncated", capture.truncated)
    field("error", capture.error)
    field("quality", capture.quality)
  }
}
