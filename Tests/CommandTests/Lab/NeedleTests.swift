import Foundation
import TestSupport
import Testing

/// One race in a large capture: the copy may differ in nothing else, or the needle test would prove nothing.
@Suite("Needles") struct NeedleTests {
  /// The role and the number, from 1, of each frame that `captures/lab/needle` names.
  typealias Frames = [String: Int]

  /// Octets of the headers of a record and of the file.
  private static let recordHeader = 16, fileHeader = 24

  @Test(
    "without the frames that were put in, the copy is the capture",
    .requiresPrograms("python3", for: "needles"),
    arguments: [[], ["--signed"], ["--alone"]])
  func copy(options: [String]) throws {
    let (original, copy, frames) = try hide(options)
    var left = records(of: copy)
    let added = frames.filter { $0.key != "genuine" }.values.sorted(by: >)
    #expect(added.count == (options == ["--alone"] ? 1 : 3))
    for number in added { left.remove(at: number - 1) }
    #expect(left == records(of: original))
  }

  @Test(
    "the forged answer is no later than the genuine one, has its ports and ID, and another address",
    .requiresPrograms("python3", for: "needles"))
  func race() throws {
    let (_, copy, frames) = try hide(["--signed"])
    let all = records(of: copy)
    let forged = all[try #require(frames["forged"]) - 1], genuine = all[try #require(frames["genuine"]) - 1]
    let address = Data([203, 0, 113, 66])
    #expect(try #require(frames["forged"]) < #require(frames["genuine"]))
    // IPv4: addresses and ports stand from octet 26 of the frame on, the ID in octets 42 and 43, the IP TTL in 22.
    #expect(octets(26..<38, of: forged) == octets(26..<38, of: genuine))
    #expect(octets(42..<44, of: forged) == octets(42..<44, of: genuine))
    #expect(octets(22..<23, of: forged) != octets(22..<23, of: genuine))
    #expect(forged.range(of: address) != nil && genuine.range(of: address) == nil)
    #expect(all[try #require(frames["poisoned"]) - 1].range(of: address) != nil)
  }

  /// The capture, its copy with a race in it, and the frames of the race.
  private func hide(_ options: [String]) throws -> (original: Data, copy: Data, frames: Frames) {
    let folder = try TemporaryFolder()
    let source = CapturePair.folder.appending(path: "spoofed.pcap"),
      target = folder.url.appending(path: "needle.pcap")
    let lab = try run(
      CapturePair.folder.appending(path: "lab/needle"), options + [source.path(), target.path()])
    try #require(lab.status == 0, "\(lab.errorText)")
    let lines = String(decoding: lab.output, as: UTF8.self).split(separator: "\n")
    let pairs = lines.compactMap { line -> (String, Int)? in
      let fields = line.split(separator: "\t")
      return fields.count == 2 ? Int(fields[1]).map { (String(fields[0]), $0) } : nil
    }
    return (try Data(contentsOf: source), try Data(contentsOf: target), Frames(uniqueKeysWithValues: pairs))
  }

  /// The records of a little-endian pcap file, each with its header.
  private func records(of file: Data) -> [Data] {
    var found: [Data] = []
    var offset = Self.fileHeader
    while offset + Self.recordHeader <= file.count {
      let size = (8..<12).reduce(0) { $0 | Int(file[offset + $1]) << (8 * ($1 - 8)) }
      let end = min(offset + Self.recordHeader + size, file.count)
      found.append(Data(file[offset..<end]))
      offset = end
    }
    return found
  }

  /// Some octets of a record's frame.
  private func octets(_ range: Range<Int>, of record: Data) -> Data {
    Data(record[range.lowerBound + Self.recordHeader..<range.upperBound + Self.recordHeader])
  }
}
