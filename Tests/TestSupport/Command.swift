import Foundation

/// What a finished process left behind.
package struct Outcome: Sendable {
  /// The exit status; 128 plus the signal's number when a signal ended it, as shells say it.
  package let status: Int32
  /// All of its standard output.
  package let output: Data
  /// All of its standard error.
  package let errors: Data

  /// Standard output as text.
  package var text: String { String(decoding: output, as: UTF8.self) }
  /// Standard error as text.
  package var errorText: String { String(decoding: errors, as: UTF8.self) }
}

/// Runs a program to its end. Both outputs go to files, so that neither can block the other.
package func run(
  _ program: URL, _ arguments: [String], input: Data = Data(), environment: [String: String] = [:],
  in folder: URL? = nil
) throws -> Outcome {
  let scratch = try TemporaryFolder()
  let process = Process()
  process.executableURL = program
  process.arguments = arguments
  process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
  process.currentDirectoryURL = folder
  process.standardInput = try FileHandle(forReadingFrom: scratch.write(input, to: "input"))
  process.standardOutput = try FileHandle(forWritingTo: scratch.write(Data(), to: "output"))
  process.standardError = try FileHandle(forWritingTo: scratch.write(Data(), to: "errors"))
  try process.run()
  process.waitUntilExit()
  let signalled = process.terminationReason == .uncaughtSignal
  return Outcome(
    status: process.terminationStatus + (signalled ? 128 : 0),
    output: try Data(contentsOf: scratch.url.appending(path: "output")),
    errors: try Data(contentsOf: scratch.url.appending(path: "errors")))
}

/// Runs the `dnsaudit` under test.
package func dnsaudit(
  _ arguments: String..., input: Data = Data(), environment: [String: String] = [:]
) throws -> Outcome {
  try run(Environment.command, arguments, input: input, environment: environment)
}
