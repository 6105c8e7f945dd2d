import Transactions

/// The parts that hosts play, learned from who answers whom.
struct Roles {
  /// The parts of one host.
  struct Parts: OptionSet, Sendable {
    let rawValue: UInt8

    /// It answers with RA, it answers with AA, and others answer it.
    static let answersRecursively = Parts(rawValue: 1)
    static let answersWithAuthority = Parts(rawValue: 2)
    static let asks = Parts(rawValue: 4)
  }

  /// By the number of the address.
  private var parts: [Parts]

  /// Of the responses of a case; forged ones say nothing of whom they name, but that is not known yet, so that only
  /// those count whose query was seen and that stand against nothing.
  init(_ caseFile: CaseFile) {
    parts = Array(repeating: [], count: caseFile.addresses.count)
    for record in caseFile.records {
      parts[Int(record.destination)].insert(.asks)
      guard record.transaction == .answered, !record.traits.contains(.conflicting) else { continue }
      let flags = caseFile.store.body(record.bodyID).flags
      if flags.ra { parts[Int(record.source)].insert(.answersRecursively) }
      if flags.aa { parts[Int(record.source)].insert(.answersWithAuthority) }
    }
  }

  /// Whether a host resolves for others: it answers with RA.
  func isResolver(_ address: UInt32) -> Bool { parts[Int(address)].contains(.answersRecursively) }
  /// Whether a host asks and does not answer: a stub.
  func isStub(_ address: UInt32) -> Bool { parts[Int(address)] == .asks }
  /// Whether a host answers and never asks.
  func isAuthority(_ address: UInt32) -> Bool { parts[Int(address)] == .answersWithAuthority }
}
