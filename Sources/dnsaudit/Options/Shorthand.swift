/// Spellings that hands know from tcpdump and tshark, turned into this program's own.
enum Shorthand {
  /// The commands that there are.
  static let commands = ["audit", "live", "decode", "anchors", "help"]
  /// Commands that later versions have.
  static let laterCommands = ["chain", "ds", "explain", "diff", "report"]

  /// `-V` asks for the version, `-D` lists interfaces, and `-i IFACE` without a command means `live`.
  static func expand(_ arguments: [String]) -> [String] {
    let options = arguments.prefix { $0 != "--" }
    guard let first = arguments.first else { return arguments }
    if options.contains("-V") { return ["--version"] }
    if first == "-D" { return ["live", "--list-interfaces"] }
    let namesInterface = options.contains { $0 == "-i" || $0 == "--interface" }
    return !commands.contains(first) && namesInterface ? ["live"] + arguments : arguments
  }
}
