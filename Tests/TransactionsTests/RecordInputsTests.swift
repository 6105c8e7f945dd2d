import Testing

@testable import Transactions

@Suite("The inputs of responses and queries")
struct RecordInputsTests {
  @Test("are the first one until another is noted, and hold until the next")
  func runs() {
    var inputs = RecordInputs()
    for (record, file) in [0, 0, 2, 2, 2, 1, 0].enumerated() { inputs.note(file, of: record) }
    #expect((0..<9).map { inputs.file(of: $0) } == [0, 0, 2, 2, 2, 1, 0, 0, 0])
  }

  @Test("are told of a query where it came from another one than its response")
  func queries() {
    var inputs = RecordInputs()
    inputs.note(0, of: 0)
    inputs.note(1, of: 1)
    inputs.noteQuery(0, of: 0)
    inputs.noteQuery(0, of: 1)
    #expect(inputs.queryFile(of: 0) == nil && inputs.queryFile(of: 1) == 0)
  }
}
