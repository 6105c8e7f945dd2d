import Bytes
import Capture
import Crypto
import DNSSEC
import DNSWire
import Findings
import Packets

/// Makes the events of inputs.
enum CaptureEvents {
  /// The events of all captures that could be read, in the order of their index.
  static func events(_ session: borrowing CaptureSession, _ decoder: borrowing PacketDecoder)
    -> [CaptureEvent]
  {
    var events: [CaptureEvent] = []
    for (file, outcome) in session.outcomes.enumerated() {
      guard case .read(let metadata) = outcome else { continue }
      events.append(event(metadata, decoder.counters(ofFile: file), file: file))
    }
    return events
  }

  /// The event of a capture that was read to its end.
  private static func event(_ metadata: CaptureMetadata, _ counters: PacketCounters, file: Int)
    -> CaptureEvent
  {
    let facts = metadata.facts
    return CaptureEvent(
      file: file, path: metadata.path, sha256: metadata.sha256.map { Hex.encode($0, uppercase: false) },
      bytes: metadata.byteCount, format: metadata.formatName, linkTypes: facts.linkTypes.map(\.mnemonic),
      snaplen: facts.snapLength, interfaces: facts.interfaces, comments: facts.comments,
      packets: metadata.packets, dropped: facts.dropped, firstTime: metadata.firstTime,
      lastTime: metadata.lastTime, truncated: metadata.isTruncated, quality: quality(metadata, counters))
  }

  /// What limits conclusions from a capture, a sentence each.
  private static func quality(_ metadata: CaptureMetadata, _ counters: PacketCounters) -> [String] {
    let facts = metadata.facts
    var limits = facts.damageSentences
    if facts.lostBytes > 0 { limits.append("\(facts.lostBytes) bytes could not be read") }
    if metadata.cutPackets > 0 { limits.append("\(metadata.cutPackets) packets are cut by the snap length") }
    if metadata.timeReversals > 0 {
      limits.append("time runs backwards at \(metadata.timeReversals) packets")
    }
    if facts.packetsWithoutTime > 0 {
      limits.append(
        "\(facts.packetsWithoutTime) packets have no time of their own; --at gives one to judge at")
    }
    if facts.textsLeftOut > 0 {
      limits.append("\(facts.textsLeftOut) comments and names of interfaces are left out for want of room")
    }
    let filteredOut = counters[fate: .filteredOut]
    if filteredOut > 0 { limits.append("the filter passed over \(filteredOut) packets") }
    return limits + quality(counters)
  }

  /// The same from packets alone.
  static func quality(_ counters: PacketCounters) -> [String] {
    var limits: [String] = []
    for fate in PacketFate.allCases where fate.isLoss && counters[fate: fate] > 0 {
      limits.append("\(counters[fate: fate]) packets \(fate.sentence)")
    }
    for oddity in PacketOddity.allCases where counters[oddity: oddity] > 0 {
      limits.append("\(counters[oddity: oddity]) \(oddity.sentence)")
    }
    return limits
  }
}

/// Makes the event of a run's beginning.
enum RunEvents {
  /// The event of a configuration.
  static func event(_ configuration: AuditConfiguration) -> RunEvent {
    RunEvent(
      tool: "dnsaudit", version: configuration.version, build: configuration.build,
      cryptoLibrary: CryptoLibrary.version, generated: configuration.generated,
      options: configuration.options,
      anchors: configuration.anchors.map(entry), caseFields: configuration.caseFields)
  }

  /// An anchor for the output; a configured key is shown by its tag, with digest type 0.
  private static func entry(_ anchor: TrustAnchor) -> AnchorEntry {
    var digestType: UInt8 = 0
    if case .digest(let ds) = anchor.key { digestType = ds.digestType }
    return AnchorEntry(
      zone: anchor.zone, keyTag: anchor.keyTag, algorithm: anchor.algorithm, digestType: digestType,
      validFrom: anchor.validFrom.map { Timestamp(seconds: $0) },
      validUntil: anchor.validUntil.map { Timestamp(seconds: $0) }, isFollowed: anchor.isFollowed,
      source: anchor.source)
  }
}
