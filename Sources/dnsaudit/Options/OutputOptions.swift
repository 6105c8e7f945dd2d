import ArgumentParser

/// What `audit` and `live` write, and where to.
struct OutputOptions: ParsableArguments {
  @OptionGroup var format: FormatOptions

  @Flag(name: [.short, .long], help: "Print every response, and all about each finding.")
  var verbose = false

  @Option(help: ArgumentHelp("Also write a report as one HTML page.", valueName: "file"))
  var report: String?

  @Flag(
    inversion: .prefixedNo, help: "Tell on standard error how far reading has come (default: on a terminal).")
  var progress: Bool?

  func validate() throws {
    if format.quiet, verbose { throw ValidationError("--quiet and --verbose exclude each other") }
    if report == "-", format.output == nil || format.output == "-" {
      throw ValidationError("standard output carries one result: give -o, or a file for --report")
    }
  }
}
