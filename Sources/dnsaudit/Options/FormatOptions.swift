import ArgumentParser

/// In which form, and where to.
struct FormatOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Print text for people, or lines of JSON.", valueName: "format"))
  var format = OutputFormat.text

  @Flag(name: .long, help: "The same as --format jsonl.")
  var json = false

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
  var output: String?

  @Flag(name: .customLong("no-color"), help: "No colours, also on a terminal; NO_COLOR says the same.")
  var noColor = false

  @Flag(name: [.short, .long], help: "Print the counts alone.")
  var quiet = false

  /// Whether the output is JSON lines.
  var isJSON: Bool { json || format == .jsonl }
}

/// The formats of the output.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, jsonl
}
