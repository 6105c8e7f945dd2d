import Findings
import Foundation
import Reports
import TestSupport

/// What a report writes to a file, as text.
func written(_ body: (ByteSink) throws -> Void) throws -> String {
  let folder = try TemporaryFolder()
  let file = try folder.write("", to: "output")
  let handle = try FileHandle(forWritingTo: file)
  try body(ByteSink(descriptor: handle.fileDescriptor, path: "output"))
  try handle.close()
  return String(decoding: try Data(contentsOf: file), as: UTF8.self)
}

/// What a sink writes of events, as text.
func written(_ events: [AuditEvent], by make: (ByteSink) throws -> any EventSink) throws -> String {
  try written { file in
    var sink = try make(file)
    for event in events { try sink.receive(event) }
    try sink.flush()
  }
}
