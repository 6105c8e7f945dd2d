import Foundation

/// Makes the captures that the benchmarks read, the same bytes every time.
///
///     BenchmarkCaptures [--packets N] FOLDER [KIND...]
///
/// Each is `KIND-PACKETS.pcap` with its trust anchors beside it; those that are there already stay as they are.
@main struct CaptureMaker {
  static func main() {
    do {
      var arguments = Array(CommandLine.arguments.dropFirst()), packets = 400_000
      if arguments.first == "--packets", arguments.count > 1 {
        guard let number = Int(arguments[1]), range.contains(number) else { throw UsageError() }
        packets = number
        arguments.removeFirst(2)
      }
      guard let folder = arguments.first else { throw UsageError() }
      let kinds = try arguments.dropFirst().map {
        guard let kind = CaptureKind(rawValue: $0) else { throw UsageError() }
        return kind
      }
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for kind in kinds.isEmpty ? CaptureKind.allCases : kinds { try make(kind, packets, in: folder) }
    } catch {
      FileHandle.standardError.write(Data("captures: \(error)\n".utf8))
      exit(error is UsageError ? 2 : 1)
    }
  }

  /// Packets that may be asked for: a frame's number has 32 bits, and the writer holds 17 bytes for each.
  private static let range = 1_000...200_000_000

  /// Makes a capture, unless it is there. It gets its name when it is whole.
  private static func make(_ kind: CaptureKind, _ packets: Int, in folder: String) throws {
    let stem = "\(folder)/\(kind.rawValue)-\(packets)"
    guard !FileManager.default.fileExists(atPath: stem + ".pcap") else { return }
    let conversation = try kind.conversation(packets: packets)
    try Data(conversation.anchors.utf8).write(to: URL(filePath: stem + ".anchors"))
    let part = stem + ".part"
    try TrafficWriter(conversation).write(to: part)
    try FileManager.default.moveItem(atPath: part, toPath: stem + ".pcap")
    print("\(stem).pcap: \(conversation.summary)")
  }
}

/// The kinds of capture.
enum CaptureKind: String, CaseIterable {
  /// A resolver's traffic with authoritative servers, part of it signed.
  case mixed
  /// The traffic of clients with their resolver, without signatures.
  case plain
  /// Answers each of which has a signature that no other has.
  case unique

  /// What is said in a capture of so many packets. Of `unique` there are fewer: each answer costs a signature.
  func conversation(packets: Int) throws -> Conversation {
    switch self {
    case .mixed: try MixedTraffic.conversation(turns: packets / 2)
    case .plain: try PlainTraffic.conversation(turns: packets / 2)
    case .unique: try UniqueTraffic.conversation(turns: packets / 8)
    }
  }
}

/// The command line was not understood.
private struct UsageError: Error, CustomStringConvertible {
  let description = "usage: BenchmarkCaptures [--packets N] FOLDER [mixed|plain|unique]..."
}
