import Foundation

/// The schema of the events, and the script that holds JSON lines against it.
package enum EventSchema {
  /// The schema that users get.
  package static let file = Environment.project.appending(path: "Sources/Reports/Schema/events.schema.json")
  /// The script; see there.
  package static let script = Environment.project.appending(
    path: "Tests/TestSupport/Schema/validate_events.py")
  /// Debian's Python, which Debian's python3-jsonschema belongs to; another one on PATH may lack it.
  private static let python = URL(filePath: "/usr/bin/python3")

  /// Validates lines: status 0 and how many there were of each kind, or 1 and the faults as errors.
  package static func validate(_ lines: some Sequence<UInt8>) throws -> Outcome {
    try run(python, [script.path(), file.path()], input: Data(lines))
  }
}
