import Bytes
import Capture
import Foundation
import Packets
import TestSupport

/// What a test gets out of a capture file.
struct ReadCapture {
  /// The packets: numbers, times, bytes, lengths on the wire.
  var numbers: [Int] = [], times: [Int64] = [], packets: [[UInt8]] = [], originalLengths: [Int] = []
  /// What was thrown on the way.
  var error: CaptureError?
  /// What is known of the file in the end.
  var metadata: CaptureMetadata

  /// Reads a file to its end; an error in opening it is thrown.
  init(_ path: String, filter: String? = nil, hash: Bool = true) throws(CaptureError) {
    var file = try CaptureFile(path: path, filter: filter, hash: hash)
    metadata = file.metadata
    do throws(CaptureError) {
      while let frame = try file.next() {
        numbers.append(frame.number)
        times.append(frame.time.nanoseconds)
        packets.append(frame.bytes.indices.map { frame.bytes[$0] })
        originalLengths.append(frame.originalLength)
      }
    } catch { self.error = error }
    metadata = file.finish()
  }
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
