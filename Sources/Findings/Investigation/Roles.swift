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
    /// It sends responses with RA, whatever they are.
    static let sendsRecursion = Parts(rawValue: 16)
  }

  /// By the number of the address.
  private var parts: [Parts]

  /// Of all responses. Forged ones say nothing of whom they name, so that only those count whose query was
  /// seen and that stand against nothing; RD is copied from the query, which even a forger must do.
  init(_ traffic: Traffic) { parts = Array(repeating: [], count: traffic.addresses.count) }

  /// Takes a response with the facts of its body.
  @inline(__always)
  mutating func see(_ record: ResponseRecord, _ facts: BodyFacts) {
    let marks = facts.marks
    add(marks.contains(.rd) ? .asksForRecursion : .asksIteratively, to: record.destination)
    if marks.contains(.ra) { add(.sendsRecursion, to: record.source) }
    guard record.isAnswered, !record.isConflicting else { return }
    if marks.contains(.ra) {
      add(.answersRecursively, to: record.source)
    } else if marks.contains(.aa) {
      add(.answersWithAuthority, to: record.source)
    }
  }

  /// Adds a part; most are known.
  @inline(__always)
  private mutating func add(_ part: Parts, to address: UInt32) {
    if !parts[Int(address)].contains(part) { parts[Int(address)].insert(part) }
  }

  /// Whether any response with RA came from an address.
  func sendsRecursion(_ address: UInt32) -> Bool { parts[Int(address)].contains(.sendsRecursion) }

  /// Whether an address resolves for others: it answers with RA.
  func isResolver(_ address: UInt32) -> Bool { parts[Int(address)].contains(.answersRecursively) }
  /// Whether an address asks for recursion and does nothing else: a stub.
  func isStub(_ address: UInt32) -> Bool {
    parts[Int(address)].subtracting(.sendsRecursion) == .asksForRecursion
  }
  /// Whether an address answers with authority alone.
  func isAuthority(_ address: UInt32) -> Bool {
    parts[Int(address)].contains(.answersWithAuthority) && !parts[Int(address)].contains(.answersRecursively)
  }
}
