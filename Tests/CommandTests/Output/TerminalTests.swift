import TestSupport
import Testing

/// What changes when standard output and standard error are a terminal; script(1) gives the command one.
@Suite("Terminal", .serialized) struct TerminalTests {
  @Test("colours are on a terminal only", .requiresPrograms("script", for: "colours"))
  func colours() throws {
    #expect(try onTerminal("--no-progress").contains("\u{1b}[1mRead\u{1b}[0m"))
    #expect(try !Sample.clean.audit().text.contains("\u{1b}"))
    #expect(
      try !shell(#"script -qec "'$0' '$1' | cat" /dev/null"#, Sample.clean.path).text.contains("\u{1b}[1m"))
  }

  @Test(
    "--no-color, NO_COLOR and a dumb terminal keep them off", .requiresPrograms("script", for: "no colours"),
    arguments: [
      (["--no-color"], [:]), ([], ["NO_COLOR": "1"]), ([], ["TERM": "dumb"]),
    ] as [([String], [String: String])])
  func noColours(options: [String], environment: [String: String]) throws {
    let text = try onTerminal((options + ["--no-progress"]).joined(separator: " "), environment)
    #expect(text.hasPrefix("Read\r\n"))
    #expect(!text.contains("\u{1b}"))
  }

  @Test("an empty NO_COLOR says nothing (no-color.org)", .requiresPrograms("script", for: "empty NO_COLOR"))
  func emptyNoColor() throws {
    #expect(try onTerminal("--no-progress", ["NO_COLOR": ""]).contains("\u{1b}[1m"))
  }

  @Test("progress is told on a terminal, or when asked for, and on standard error alone")
  func progress() throws {
    let wiped = "\r\u{1b}[K"
    let asked = try Sample.clean.audit("--progress")
    #expect(asked.errorText == wiped)
    #expect(!asked.text.contains(wiped))
    #expect(try Sample.clean.audit().errorText == "")
    #expect(try Sample.clean.audit("--no-progress").errorText == "")
  }

  @Test(
    "a terminal as standard input is wrong usage", .requiresPrograms("script", for: "a terminal as input"))
  func terminalInput() throws {
    let text = try shell(#"script -qec "'$0' -; echo status \$?" /dev/null"#).text
    #expect(text.contains("standard input is a terminal; pipe a capture into it"))
    #expect(text.contains("status 2"))
  }

  /// What the command shows on a terminal.
  private func onTerminal(_ options: String, _ environment: [String: String] = [:]) throws -> String {
    let base = ["TERM": "xterm", "NO_COLOR": ""]
    return try shell(
      #"script -qec "'$0' \#(options) --trust-anchor '$1' '$2'" /dev/null"#, Sample.clean.anchors,
      Sample.clean.path, environment: base.merging(environment) { $1 }
    ).text
  }
}
