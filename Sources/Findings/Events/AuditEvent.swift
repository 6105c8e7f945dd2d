import Bytes
import DNSSEC
import DNSWire
import Transactions

/// What an audit tells the outside, in the order of the output: `run`, `capture`..., `response`..., `finding`...,
/// `incident`..., `resolver`..., `zone`..., `summary`.
package enum AuditEvent: Sendable {
  /// The first event.
  case run(RunEvent)
  /// An input has been read to its end.
  case capture(CaptureEvent)
  /// One DNS response, judged.
  case response(ResponseEvent)
  /// Something that a person should know.
  case finding(Finding)
  /// Findings that belong together.
  case incident(Incident)
  /// How hard a host makes it to guess which answers it would take.
  case resolver(ResolverEntropy)
  /// The chain of trust of one zone, as seen.
  case zone(ZoneEvent)
  /// The last event.
  case summary(SummaryEvent)
}

/// Takes events as they come; a report implements it.
package protocol EventSink {
  /// Whether `response` events are wanted at all; a summary does without a million of them.
  var wantsResponses: Bool { get }
  /// Takes the next event.
  mutating func receive(_ event: AuditEvent) throws(OutputError)
  /// Takes the responses of a part of a run, in their place among the events; only called where they are wanted.
  mutating func receive(_ responses: JudgedResponses) throws(OutputError)
  /// Hands on what is still in a buffer: after the last event, and whenever a live window closes.
  mutating func flush() throws(OutputError)
}

extension EventSink {
  /// Takes them one by one.
  package mutating func receive(_ responses: JudgedResponses) throws(OutputError) {
    for index in responses.pass { try receive(.response(responses.event(index))) }
  }
}

/// Why an output takes no more.
package enum OutputError: Error, Hashable, Sendable {
  /// The reader has gone (EPIPE), which is its right: nothing to complain of.
  case closed
  /// Writing failed with the system's error number.
  case failed(path: String, errno: Int32)
  /// A file is not what this run began with, and another run's work would be lost.
  case changed(path: String)
  /// Another process has locked the folder of a file for longer than any run writes.
  case locked(path: String)
  /// A template of this program does not parse.
  case template(String)
}

/// The tool, its effective options and the anchors in use.
package struct RunEvent: Sendable {
  /// `dnsaudit`, its version, and the build's identification.
  package var tool: String, version: String, build: String
  /// Name and version of the cryptographic library.
  package var cryptoLibrary: String
  /// When the output was made; SOURCE_DATE_EPOCH or the wall clock.
  package var generated: Timestamp
  /// Effective options in the order of their names, without jobs and progress.
  package var options: [(name: String, value: OptionValue)]
  /// The trust anchors in use.
  package var anchors: [AnchorEntry]
  /// Free fields about the case: `case`, `examiner`, `note`.
  package var caseFields: [(name: String, value: String)]

  /// From the fields.
  package init(
    tool: String, version: String, build: String, cryptoLibrary: String, generated: Timestamp,
    options: [(name: String, value: OptionValue)], anchors: [AnchorEntry],
    caseFields: [(name: String, value: String)]
  ) {
    (self.tool, self.version, self.build, self.cryptoLibrary) = (tool, version, build, cryptoLibrary)
    (self.generated, self.options, self.anchors, self.caseFields) = (generated, options, anchors, caseFields)
  }
}

/// The value of an option.
package enum OptionValue: Sendable {
  case text(String), number(Int), flag(Bool), list([String]), none
}

/// One trust anchor.
package struct AnchorEntry: Sendable {
  /// The zone that it anchors.
  package var zone: Name
  /// The DS fields.
  package var keyTag: UInt16, algorithm: UInt8, digestType: UInt8
  /// The period it is in force; nil for no bound.
  package var validFrom: Timestamp?, validUntil: Timestamp?
  /// Whether RFC 5011 is followed for it, and `built-in` or the file it came from.
  package var isFollowed: Bool, source: String

  /// From the fields.
  package init(
    zone: Name, keyTag: UInt16, algorithm: UInt8, digestType: UInt8, validFrom: Timestamp?,
    validUntil: Timestamp?, isFollowed: Bool = true, source: String
  ) {
    (self.zone, self.keyTag, self.algorithm, self.digestType) = (zone, keyTag, algorithm, digestType)
    (self.validFrom, self.validUntil, self.isFollowed, self.source) = (
      validFrom, validUntil, isFollowed, source
    )
  }
}

/// An input that has been read.
package struct CaptureEvent: Sendable {
  /// Index of the input, from 0.
  package var file: Int
  /// The path as given; `-` for standard input, `live:IFACE` for an interface.
  package var path: String
  /// SHA-256 of the bytes as read, lower-case hex; nil when not wanted.
  package var sha256: String?
  /// Size in bytes.
  package var bytes: Int
  /// `pcap`, `pcapng` or `live`.
  package var format: String
  /// Mnemonics of the link types.
  package var linkTypes: [String]
  /// Snap length in bytes.
  package var snaplen: Int
  /// Interface names and comments that the container holds.
  package var interfaces: [String], comments: [String]
  /// Packets read; packets dropped before they were captured, when known.
  package var packets: Int, dropped: Int?
  /// Times of the first and last packet.
  package var firstTime: Timestamp?, lastTime: Timestamp?
  /// Whether the input is cut short or damaged, and a sentence that says where reading ended and what was lost.
  package var truncated: Bool, error: String?
  /// What limits conclusions, a sentence each.
  package var quality: [String]

  /// From the fields.
  package init(
    file: Int, path: String, sha256: String?, bytes: Int, format: String, linkTypes: [String], snaplen: Int,
    interfaces: [String], comments: [String], packets: Int, dropped: Int?, firstTime: Timestamp?,
    lastTime: Timestamp?, truncated: Bool, error: String? = nil, quality: [String]
  ) {
    (self.file, self.path, self.sha256, self.bytes, self.format) = (file, path, sha256, bytes, format)
    (self.linkTypes, self.snaplen, self.interfaces, self.comments) = (
      linkTypes, snaplen, interfaces, comments
    )
    (self.packets, self.dropped, self.firstTime, self.lastTime) = (packets, dropped, firstTime, lastTime)
    (self.truncated, self.error, self.quality) = (truncated, error, quality)
  }
}
