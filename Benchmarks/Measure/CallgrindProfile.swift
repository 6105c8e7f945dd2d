/// What callgrind counted in a run (Valgrind's manual, "Callgrind Format Specification").
struct CallgrindProfile {
  /// Instructions by object file, by the last part of its path.
  private(set) var instructions: [String: Int] = [:]
  /// Calls by the name of the function that is called.
  private(set) var calls: [String: Int] = [:]
  /// Names by their number, which stand in the file once: of objects, and of functions.
  private var objects: [Substring: Substring] = [:], functions: [Substring: Substring] = [:]

  /// From the text of the file.
  init(_ text: String) throws(BenchmarkError) {
    var object = Substring("?"), callee = Substring("?"), isCost = false
    for line in text.split(separator: "\n") {
      if line.hasPrefix("ob=") {
        object = CallgrindProfile.name(line.dropFirst(3), &objects)
      } else if line.hasPrefix("cob=") {
        _ = CallgrindProfile.name(line.dropFirst(4), &objects)
      } else if line.hasPrefix("fn=") {
        _ = CallgrindProfile.name(line.dropFirst(3), &functions)
      } else if line.hasPrefix("cfn=") {
        callee = CallgrindProfile.name(line.dropFirst(4), &functions)
      } else if line.hasPrefix("calls=") {
        guard let count = Int(line.dropFirst(6).prefix { $0 != " " }) else {
          throw CallgrindProfile.broken(line)
        }
        calls[String(callee), default: 0] += count
        // The next line says what the callee cost, which is counted where it is spent.
        isCost = true
      } else if let first = line.first, first.isNumber || "+-*".contains(first) {
        if !isCost {
          guard let cost = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw CallgrindProfile.broken(line)
          }
          instructions[CallgrindProfile.file(object), default: 0] += cost
        }
        isCost = false
      }
    }
    guard !instructions.isEmpty else { throw BenchmarkError(description: "callgrind counted nothing") }
  }

  /// Instructions of the objects whose names begin so.
  func instructions(of prefixes: [String]) -> Int {
    instructions.reduce(0) { sum, entry in
      prefixes.contains { entry.key.hasPrefix($0) } ? sum + entry.value : sum
    }
  }

  /// Calls of the functions of these names.
  func calls(of names: [String]) -> Int { names.reduce(0) { $0 + (calls[$1] ?? 0) } }

  /// The name behind `(12) name`, or of `(12)` what it was when it stood there.
  private static func name(_ text: Substring, _ names: inout [Substring: Substring]) -> Substring {
    guard text.first == "(", let end = text.firstIndex(of: ")") else { return text }
    let number = text[...end], name = text[text.index(after: end)...].drop { $0 == " " }
    if !name.isEmpty { names[number] = name }
    return names[number] ?? "?"
  }

  /// The last part of a path.
  private static func file(_ path: Substring) -> String {
    String(path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path)
  }

  /// A line that is not as the specification has it.
  private static func broken(_ line: Substring) -> BenchmarkError {
    BenchmarkError(description: "not a line of callgrind's: \(line.prefix(80))")
  }
}
