/// The inputs that responses and their queries came from: several are read as one, in order of time, so that neighbours
/// mostly share theirs.
package struct RecordInputs: Sendable {
  /// Where responses of another input than those before begin.
  private var runs: [(start: Int, file: Int)] = []
  /// The inputs of queries that are in another one than their response.
  private var queryFiles: [Int: Int] = [:]
  /// The input of the response that came last.
  private var current = 0

  /// No response yet.
  package init() {}

  /// Notes the input of the next response.
  package mutating func note(_ file: Int, of record: Int) {
    guard file != current else { return }
    current = file
    runs.append((record, file))
  }

  /// Notes the input of a response's query.
  package mutating func noteQuery(_ file: Int, of record: Int) {
    if file != self.file(of: record) { queryFiles[record] = file }
  }

  /// The input that a response came from.
  package func file(of record: Int) -> Int {
    var low = 0, high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].start <= record { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? 0 : runs[low - 1].file
  }

  /// The input that a response's query came from, when that is another one.
  package func queryFile(of record: Int) -> Int? { queryFiles.isEmpty ? nil : queryFiles[record] }
}
