import Transactions

/// The parts that hosts play, learned from who answers whom.
struct Roles {
  /// The parts of one address.
  struct Parts: OptionSet, Sendable {
    let rawValue: UInt8

    /// It answers with RA, it answers with AA and without RA, it asks for recursion, and it asks without.
    static let answersRecursively = Parts(rawValue: 1)
    static let answersWithAuthority = Parts(rawValue: 2)
    static let asksForRecursion = Parts(rawValue: 4)
    static let asksIteratively = Parts(rawValue: 8)
  }

  /// By the number of the address.
  private var parts: [Parts]

  /// Of the responses of a case. Forged ones say nothing of whom they name, so that only those count whose query was
  /// seen and that stand against nothing; RD is copied from the query, which even a forger must do.
  init(_ caseFile: CaseFile) {
    parts = Array(repeating: [], count: caseFile.addresses.count)
    for record in caseFile.records {
      let flags = caseFile.body(of: record).flags
      parts[Int(record.destination)].insert(flags.rd ? .asksForRecursion : .asksIteratively)
      guard record.transaction == .answered, !record.traits.contains(.conflicting) else { continue }
      if flags.ra { parts[Int(record.source)].insert(.answersRecursively) }
      if flags.aa, !flags.ra { parts[Int(record.source)].insert(.answersWithAuthority) }
    }
  }

  /// Whether an address resolves for others: it answers with RA.
  func isResolver(_ address: UInt32) -> Bool { parts[Int(address)].contains(.answersRecursively) }
  /// Whether an address asks for recursion and does nothing else: a stub.
  func isStub(_ address: UInt32) -> Bool { parts[Int(address)] == .asksForRecursion }
  /// Whether an address answers with authority alone.
  func isAuthority(_ address: UInt32) -> Bool {
    parts[Int(address)].contains(.answersWithAuthority) && !parts[Int(address)].contains(.answersRecursively)
  }
}
