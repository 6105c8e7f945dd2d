import Foundation

/// A capture of an attack or of what only looks like one: `captures/incidents/*/NAME-SERIES.pcap.zst` with its labels, and
/// the trust anchor of its series.
package struct IncidentCapture: Sendable, CustomStringConvertible {
  /// The path below captures/incidents, without extension.
  package let name: String
  /// Where they lie.
  private static let folder = CapturePair.folder.appending(path: "incidents")

  /// All that have labels, attacks first; a capture that is dropped in adds its tests.
  package static let all: [IncidentCapture] = ["attacks", "benign"].flatMap { part in
    let files =
      (try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: part).path())) ?? []
    return files.filter { $0.hasSuffix(".labels") }.sorted().map {
      IncidentCapture(name: "\(part)/\($0.dropLast(7))")
    }
  }

  /// Those of one folder.
  package static let attacks = all.filter { $0.name.hasPrefix("attacks/") }
  package static let benign = all.filter { $0.name.hasPrefix("benign/") }

  /// The capture.
  package var path: String { IncidentCapture.folder.appending(path: "\(name).pcap.zst").path() }

  /// Its trust anchor: that of the series, which its name ends with.
  package func anchors() throws -> String {
    let series = name.split(separator: "-").last.map(String.init) ?? ""
    return try String(
      contentsOf: IncidentCapture.folder.appending(path: "\(series).anchors"), encoding: .utf8)
  }

  /// What is true of it.
  package func labels() throws -> CaptureLabels {
    let file = IncidentCapture.folder.appending(path: "\(name).labels")
    return try CaptureLabels(String(contentsOf: file, encoding: .utf8))
  }

  package var description: String { name }
}
