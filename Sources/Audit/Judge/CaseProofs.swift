import DNSWire
import Findings

/// What the capture proves of responses without a proof of their own, for all who ask, from whatever core: what one has
/// asked the others need not find again.
struct CaseProofs: ProofSource, Sendable {
  /// Whether there are several inputs, so that what is said of a response names its own.
  let severalFiles: Bool
  private let collector: MessageCollector
  private let corroborator: Corroborator

  /// Over what was judged.
  init(_ collector: MessageCollector, _ pass: JudgementPass, severalFiles: Bool) {
    (self.collector, self.severalFiles) = (collector, severalFiles)
    corroborator = Corroborator(collector, pass)
  }

  /// A record in which the data of another one are secure.
  func corroboration(_ record: Int) -> Int? { corroborator.corroboration(record) }

  /// The secure data that a record without proof stands against.
  func contradiction(_ record: Int) -> Contradiction? {
    let body = collector.store.body(BodyID(rawValue: collector.records[record].body))
    return corroborator.contradiction(record, serverEDE: errorCodes(body), severalFiles: severalFiles)
  }

  /// A secure answer in force to the question of a record.
  func secureAnswer(_ record: Int) -> Int? { corroborator.secureAnswer(corroborator.compared(record)) }

  /// The codes of the extended errors that the server sent.
  func errorCodes(_ body: ResponseBody) -> [UInt16] {
    guard let number = body.edns, collector.store.edns.hasOptions(number) else { return [] }
    return EDNSFields(opt: collector.store.edns[number]).extendedErrors.map(\.code)
  }
}
