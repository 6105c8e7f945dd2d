import Bytes
import Capture
import Foundation
import Packets
import TestSupport

/// What a test gets out of a capture file.
struct ReadCapture {
  /// The packets: numbers, times, link types, bytes, lengths on the wire.
  var numbers: [Int] = [], times: [Int64] = [], linkTypes: [LinkType] = [], packets: [[UInt8]] = []
  var originalLengths: [Int] = []
  /// What is known of the file in the end.
  let metadata: CaptureMetadata

  /// Reads a file to its end, or so many packets of it; an error in opening it is thrown.
  init(_ path: String, hash: Bool = true, count: Int = .max, workers: Int = 1) throws(CaptureError) {
    var session = CaptureSession(CapturePaths([path]), hash: hash, workers: workers)
    var isEnough = false
    while let frame = session.next(leaving: isEnough) {
      numbers.append(frame.number)
      times.append(frame.time.nanoseconds)
      linkTypes.append(frame.linkType)
      packets.append(frame.bytes.indices.map { frame.bytes[$0] })
      originalLengths.append(frame.originalLength)
      isEnough = numbers.count == count
    }
    switch session.outcomes.first {
    case .read(let metadata)?: self.metadata = metadata
    case .unreadable(let error)?: throw error
    default: throw .notFound(path: "no outcome for \(path)")
    }
  }

  /// What could not be read first.
  var error: CaptureError? { metadata.facts.damages.first }
}

/// A capture file that lasts as long as its value.
struct CaptureOnDisk: ~Copyable {
  private let folder: TemporaryFolder
  /// Where it is.
  let path: String

  /// Writes bytes to a file.
  init(_ bytes: [UInt8], name: String = "capture.pcap") throws {
    let folder = try TemporaryFolder()
    path = try folder.write(Data(bytes), to: name).path()
    self.folder = folder
  }
}
