import DNSWire

/// What a `.labels` file says of a capture; captures/README.md tells the format.
package struct CaptureLabels: Sendable {
  /// The word on the responses to one question.
  package struct Line: Sendable {
    /// Its number in the file, from 1.
    package var number: Int
    /// The question.
    package var name: Name, type: RecordType
    /// The word, and the RFC 8914 code where that is said.
    package var word: String, ede: UInt16?
    /// The frames that it is about; nil for every response to the question that no other line names.
    package var frames: Set<Int>?
  }

  /// A line that is not of the format.
  package struct Malformed: Error {
    /// The line.
    package let line: String
  }

  /// The lines about words.
  package private(set) var lines: [Line] = []
  /// Responses that an attacker sent, that pass forged data on, and that repeat or mirror others.
  package private(set) var forged: Set<Int> = [], poisoned: Set<Int> = [], benign: Set<Int> = []
  /// Of captures of incidents: whether all is honest, the kind of attack, true answers to the questions attacked,
  /// whether it took, who was to be deceived, and who got forged data.
  package private(set) var isBenign = false, attack: String?, genuine: Set<Int> = [], succeeded: Bool?
  package private(set) var targets: Set<String> = [], victims: Set<String> = []

  /// Reads the text of a file.
  package init(_ text: String) throws(Malformed) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.isEmpty || line.hasPrefix("#") { continue }
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      switch fields[0] {
      case "forged": forged.formUnion(try CaptureLabels.frames(fields.dropFirst()))
      case "poisoned": poisoned.formUnion(try CaptureLabels.frames(fields.dropFirst()))
      case "benign" where fields.count == 1: isBenign = true
      case "attack" where fields.count == 2: attack = fields[1]
      case "genuine": genuine.formUnion(try CaptureLabels.frames(fields.dropFirst()))
      case "success" where fields == ["success", "yes"] || fields == ["success", "no"]:
        succeeded = fields[1] == "yes"
      case "target" where fields.count == 3: targets.insert(fields[1])
      case "victim": victims.formUnion(fields.dropFirst())
      case "benign": benign.formUnion(try CaptureLabels.frames(fields.dropFirst()))
      default: lines.append(try CaptureLabels.line(fields, number: index + 1))
      }
    }
  }

  /// All frames that some line names.
  package var namedFrames: Set<Int> { lines.reduce(into: []) { $0.formUnion($1.frames ?? []) } }

  /// `NAME TYPE WORD [ede=CODE] [frames=N,N]`.
  private static func line(_ fields: [String], number: Int) throws(Malformed) -> Line {
    let malformed = Malformed(line: fields.joined(separator: "\t"))
    guard fields.count >= 3, let name = Name(fields[0]), let type = RecordType(mnemonic: fields[1]) else {
      throw malformed
    }
    var line = Line(number: number, name: name, type: type, word: fields[2], ede: nil, frames: nil)
    for field in fields[3...] {
      let parts = field.split(separator: "=", maxSplits: 1).map(String.init)
      switch parts.first {
      case "ede" where parts.count == 2: line.ede = UInt16(parts[1])
      case "frames" where parts.count == 2:
        line.frames = try frames(parts[1].split(separator: ",").map(String.init)[...])
      default: throw malformed
      }
    }
    return line
  }

  /// Frame numbers.
  private static func frames(_ fields: ArraySlice<String>) throws(Malformed) -> Set<Int> {
    let numbers = fields.compactMap(Int.init)
    guard numbers.count == fields.count, !numbers.isEmpty else {
      throw Malformed(line: fields.joined(separator: "\t"))
    }
    return Set(numbers)
  }
}
