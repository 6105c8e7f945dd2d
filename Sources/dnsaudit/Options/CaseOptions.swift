import ArgumentParser

/// Free fields about a case, copied into every output.
struct CaseOptions: ParsableArguments {
  @Option(name: .customLong("case"), help: ArgumentHelp("The case's number.", valueName: "text"))
  var number: String?

  @Option(help: ArgumentHelp("The examiner's name.", valueName: "text"))
  var examiner: String?

  @Option(help: ArgumentHelp("A note.", valueName: "text"))
  var note: String?

  /// Those that are given, by name.
  var fields: [(name: String, value: String)] {
    [("case", number), ("examiner", examiner), ("note", note)].compactMap { name, value in
      value.map { (name, $0) }
    }
  }
}
