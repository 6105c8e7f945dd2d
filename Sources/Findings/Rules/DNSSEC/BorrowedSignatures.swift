import DNSWire

/// RRSIGs of failing answers that the capture shows over another name's data, where they belong.
struct BorrowedSignatures {
  /// Owners of RRsets that an RRSIG came with.
  private var owners: [SignatureID: Set<Name>] = [:]
  private let caseFile: CaseFile
  /// Owners told apart for one RRSIG.
  private static let limit = 8

  /// Looks for the RRSIGs of some responses in everything that was said.
  init(_ caseFile: CaseFile, _ records: [Int]) {
    self.caseFile = caseFile
    for id in records.flatMap({ caseFile.data($0).flatMap(\.signatures) }) { owners[id] = [] }
    guard !owners.isEmpty else { return }
    let store = caseFile.store
    for body in store.bodies where body.signatureCount > 0 {
      for rrset in store.answers.answer(body.answer).rrsets {
        for id in rrset.signatures
        where (owners[id]?.count ?? BorrowedSignatures.limit) < BorrowedSignatures.limit {
          owners[id]?.insert(store.rrsets.owner(of: rrset.rrset))
        }
      }
    }
  }

  /// Whether a response has the RRSIG of another name.
  func has(_ record: Int) -> Bool {
    caseFile.data(record).contains { rrset in rrset.signatures.contains { (owners[$0]?.count ?? 0) > 1 } }
  }
}
