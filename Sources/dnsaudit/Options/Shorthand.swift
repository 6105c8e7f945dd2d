/// Spellings that hands know from tcpdump and tshark, turned into this program's own.
enum Shorthand {
  /// `-V` asks for the version, `-D` lists interfaces, and `-i IFACE` without a command means `live`.
  static func expand(_ arguments: [String]) -> [String] {
    guard let first = arguments.first else { return ["--help"] }
    if first == "-V" { return ["--version"] }
    if first == "-D" { return ["live", "--list-interfaces"] }
    let commands = ["audit", "live", "decode", "help"]
    let namesInterface = arguments.contains { $0 == "-i" || $0 == "--interface" }
    return !commands.contains(first) && namesInterface ? ["live"] + arguments : arguments
  }
}
