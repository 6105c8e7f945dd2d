import Audit
import Findings
import Foundation
import Packets
import Reports

/// A `message` event without what depends on the form of the capture, in a canonical text.
struct DecodedMessage: Equatable {
  /// Members that say where in a capture a message stood, and in what state its packets were.
  private static let provenance = [
    "frame", "frames", "file", "files", "time", "carrier", "vlan", "tunnel_id", "checksum",
    "ip_ttl", "ip_id", "df", "tos", "ttls_differ", "tail_first",
  ]
  /// Members that the question and the header alone decide.
  private static let beginning = [
    "transport", "src", "src_port", "dst", "dst_port", "id", "qr", "opcode", "flags", "question", "counts",
  ]
  /// Members that are lists of records.
  private static let sections = ["answer", "authority", "additional"]

  /// The whole event.
  let text: String
  /// The beginning of the message: header and question.
  let beginning: String
  /// The records of the sections.
  private let records: [[String]]
  /// Whether the message could not be decoded to its end.
  let isMalformed: Bool

  /// Reads an event.
  private init(_ line: Data) throws {
    var event = try JSONSerialization.jsonObject(with: line) as? [String: Any] ?? [:]
    // A datagram without its end stands inside an oddity.
    if let beginning = event["message"] as? [String: Any] { event = beginning }
    for member in Self.provenance { event[member] = nil }
    text = try Self.canonical(event)
    beginning = try Self.canonical(event.filter { Self.beginning.contains($0.key) })
    records = try Self.sections.map { try (event[$0] as? [Any] ?? []).map(Self.canonical) }
    isMalformed = event["malformed"] is [String: Any]
  }

  /// Whether this is a message of which `whole` has the end, too.
  func isBeginning(of whole: DecodedMessage) -> Bool {
    isMalformed && beginning == whole.beginning
      && zip(records, whole.records).allSatisfy { $1.starts(with: $0) }
  }

  /// The messages in captures that are read as one session.
  static func all(in paths: [String]) throws -> (messages: [DecodedMessage], result: DecodeResult) {
    var lines: [UInt8] = []
    let pipeline = DecodePipeline(inputs: paths, filter: nil, ports: [53])
    let result = pipeline.run(MessageEvents.self) { (part) throws(Never) in lines += part }
    let events = lines.split(separator: UInt8(ascii: "\n"))
    return (try events.map { try DecodedMessage(Data($0)) }, result)
  }

  /// One text for equal values.
  private static func canonical(_ value: Any) throws -> String {
    String(decoding: try JSONSerialization.data(withJSONObject: value, options: .sortedKeys), as: UTF8.self)
  }
}

/// The events of messages as lines, without those of losses.
private struct MessageEvents: DecodingWork {
  static let batchLength = 1, isHeavy = true, wantsLosses = false
  private var lines = JSONLineWriter()

  init() {}
  var isFull: Bool { false }
  mutating func receive(_ message: borrowing MessageBytes, file: Int?) {
    MessageEvent().append(message, to: &lines)
  }
  mutating func receive(_ loss: LossNote, file: Int?) {}
  mutating func take() -> [UInt8] {
    lines.takeAll()
  }
}
