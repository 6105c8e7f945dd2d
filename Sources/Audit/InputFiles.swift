import Capture

/// The files that inputs stand for.
package enum InputFiles {
  /// Their names: those of files as they were given, and of directories those of the files in them.
  package static func names(_ inputs: [String]) -> [String] { CapturePaths(inputs).names }
}
