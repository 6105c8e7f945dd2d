import DNSWire

/// What answers say apart from owner names: by this forged answers to many names are known as one hand's work.
struct AnswerMarks {
  private let store: ResponseStore
  private var ofRRset: [RRsetID: Int] = [:], ofBody: [UInt32: Body] = [:]

  /// The marks of one response.
  struct Body {
    /// A hash of type and RDATA of each RRset.
    var items: [Int]
    /// A hash of the response code and all RRsets: equal ones say the same.
    var substance: Int
  }

  /// No marks yet.
  init(_ store: ResponseStore) { self.store = store }

  /// The marks of a response.
  mutating func marks(_ body: BodyID) -> Body {
    if let known = ofBody[body.rawValue] { return known }
    let response = store.body(body)
    let rrsets = store.answers.answer(response.answer).rrsets.filter { $0.type != .rrsig }
    var whole = Hasher()
    whole.combine(response.rcode.rawValue)
    for rrset in rrsets.map(\.rrset).sorted() { whole.combine(rrset) }
    let marks = Body(items: Array(Set(rrsets.map { item($0.rrset) })), substance: whole.finalize())
    ofBody[body.rawValue] = marks
    return marks
  }

  /// A hash of the type and RDATA of an RRset.
  mutating func item(_ rrset: RRsetID) -> Int {
    if let known = ofRRset[rrset] { return known }
    var hasher = Hasher()
    hasher.combine(store.rrsets.type(of: rrset).rawValue)
    for record in store.rrsets.records(of: rrset).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      hasher.combine(record)
    }
    let item = hasher.finalize()
    ofRRset[rrset] = item
    return item
  }
}
