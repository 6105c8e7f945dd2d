import ArgumentParser
import Audit
import Glibc

/// The captures that `audit` and `decode` read.
struct CaptureArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Captures to read, or directories of them, as one session; - is standard input.", valueName: "capture"))
  var captures: [String] = []

  @Option(name: .customShort("r"), help: ArgumentHelp("The same as naming a capture.", valueName: "file"))
  var read: [String] = []

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Read only the first n packets of each capture; with -f, the first n that the filter takes.",
      valueName: "n"))
  var count: Int?

  @Flag(help: "A capture that is cut short or damaged makes the exit status 3.")
  var strict = false

  @Flag(name: .customLong("no-hash"), help: "Do not compute the captures' SHA-256 (decode never does).")
  var noHash = false

  /// All of them, in order.
  var paths: [String] { read + captures }

  /// The files that they stand for.
  var files: [String] { InputFiles.names(paths) }

  func validate() throws {
    if paths.isEmpty { throw ValidationError("name a capture to read; - is standard input") }
    for path in paths { try CaptureArguments.refuseCommand(path) }
    if let count, count < 1 { throw ValidationError("--count takes a number from 1 on") }
    guard paths.contains("-") else { return }
    if paths.count(where: { $0 == "-" }) > 1 { throw ValidationError("standard input can be read only once") }
    if Terminal.isTerminal(STDIN_FILENO) {
      throw ValidationError("standard input is a terminal; pipe a capture into it, or name a file")
    }
  }

  /// Tells on standard error what could not be read, and what exit status follows from it; nil when none does.
  func status(unreadable: [String], damaged: [String], warnings: [String], wrongFilter: String?)
    -> ExitStatus?
  {
    if let wrongFilter {
      Terminal.warn("dnsaudit: \(wrongFilter)")
      return .usage
    }
    for sentence in warnings + unreadable + damaged { Terminal.warn("dnsaudit: \(sentence)") }
    return !unreadable.isEmpty || strict && !damaged.isEmpty ? .unreadable : nil
  }

  /// Refuses a command's name that stands where a capture is expected, unless there is such a file.
  private static func refuseCommand(_ word: String) throws {
    guard Shorthand.commands.contains(word) || Shorthand.laterCommands.contains(word) else { return }
    guard unsafe access(word, F_OK) != 0 else { return }
    if Shorthand.commands.contains(word) {
      throw ValidationError("the command stands in front of its options: dnsaudit \(word) ...")
    }
    throw ValidationError(
      "version \(Version.number) has no command \(word); there are audit, live, decode and anchors")
  }
}
