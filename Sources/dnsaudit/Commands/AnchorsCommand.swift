import ArgumentParser
import Audit
import Findings
import Glibc
import Reports

/// `dnsaudit anchors`: what is trusted, and what was learned.
struct AnchorsCommand: ParsableCommand, StatusCommand {
  static let configuration = CommandConfiguration(
    commandName: "anchors", abstract: "Print the trust anchors, and what RFC 5011 says of their keys.",
    usage: "dnsaudit anchors [<options>]",
    discussion: """
      Without --trust-anchor these are the built-in ones of the root, each for its own period. The state is what audit \
      and live keep in the file that --anchor-state names.
      """)

  @Option(
    name: .customLong("trust-anchor"),
    help: ArgumentHelp(
      "Print the anchors in a file instead of the built-in ones; repeatable.", valueName: "file"))
  var trustAnchors: [String] = []

  @Option(
    name: .customLong("anchor-state"),
    help: ArgumentHelp("Print the state of the keys in a file as well.", valueName: "file"))
  var anchorState: String?

  @Option(help: ArgumentHelp("Print text for people, or lines of JSON.", valueName: "format"))
  var format = OutputFormat.text

  @Flag(name: .long, help: "The same as --format jsonl.")
  var json = false

  func execute() throws -> ExitStatus {
    let bytes: [UInt8]
    do throws(AnchorSourceError) {
      let anchors = try AnchorSource.load(trustAnchors)
      let states = try anchorState.map { (path) throws(AnchorSourceError) in
        try AnchorStateFile(path, for: anchors).states
      }
      let listing = AnchorListing(anchors: anchors, states: states)
      bytes = json || format == .jsonl ? listing.lines : listing.text
    } catch {
      throw Failure(status: .usage, message: error.sentence)
    }
    do throws(OutputError) {
      try ByteSink(descriptor: STDOUT_FILENO, path: "standard output").write(bytes)
      return .clean
    } catch {
      return try ExitStatus(error)
    }
  }
}
