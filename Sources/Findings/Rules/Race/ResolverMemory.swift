import Bytes
import DNSWire
import Transactions

/// What one resolver can know by the capture, and answers in its name that it then shows not to be its own.
struct ResolverMemory {
  /// An answer without a known origin whose question the resolver resolved while it still held: the answer, what it got
  /// from upstream, and its answer to the client for whom it asked.
  struct Belied {
    let answer: Int, upstream: Int, resolved: Int
  }

  /// Answers whose data came from upstream before, and those whose data did not.
  struct Grounds {
    var founded = 0, unfounded = 0
  }

  /// The number that stands for its host.
  let host: UInt32
  /// In the order in which it shows them.
  private(set) var belied: [Belied] = []
  /// How often it resolved again what it had given with a known origin, and what still held.
  private(set) var forgotten = 0
  /// The grounds of its answers with data, by client and altogether.
  private(set) var grounds: [UInt32: Grounds] = [:], total = Grounds()
  /// Questions to which it gave several sets of data that came from upstream.
  private(set) var varied: Set<UInt32> = []

  /// An answer that still may hold.
  private struct Promise {
    let record: Int, isFounded: Bool
  }

  /// RRsets that responses brought to the host, by number, and responses already seen, by body.
  private var isBrought: [Bool], isSeen: [Bool]
  private var promises: [UInt32: [Promise]] = [:], upstream: [UInt32: Int] = [:],
    contents: [UInt32: UInt32] = [:]

  /// Clients that are told apart: the hosts of a /16 network. Answers to one question that are watched, and belied ones
  /// that are kept: a box that lies more often is shown by these.
  private static let clientLimit = 65_536, promiseLimit = 64, beliedLimit = 4_096

  /// Follows the responses from and to a host, in frame order.
  init(_ members: [Int], of host: UInt32, _ questions: Set<UInt32>, _ investigation: Investigation) {
    self.host = host
    let caseFile = investigation.caseFile
    isBrought = Array(repeating: false, count: caseFile.store.rrsets.rrsetCount)
    isSeen = Array(repeating: false, count: caseFile.store.bodies.count)
    for index in members {
      let record = caseFile.records[index], body = caseFile.body(of: record)
      if investigation.resolutions.root(record.destination) == host { hear(index, caseFile) }
      guard record.isOrdinary, body.rcode == .noError, let question = body.foldedQuestion else { continue }
      if investigation.resolutions.root(record.destination) == host {
        if questions.contains(question) { upstream[question] = index }
      } else if body.answersClient {
        speak(index, questions.contains(question) ? question : nil, caseFile)
      }
    }
  }

  /// Data of an answer that nobody ever brought to the host.
  func novel(_ answer: Int, _ caseFile: CaseFile) -> Set<RRsetID> {
    Set(caseFile.data(answer).map(\.rrset).filter { !isBrought[Int($0.rawValue)] })
  }

  /// Takes what comes to the host, whoever sends it: forged data are an origin as well.
  private mutating func hear(_ record: Int, _ caseFile: CaseFile) {
    let body = Int(caseFile.records[record].body)
    guard !isSeen[body] else { return }
    isSeen[body] = true
    for rrset in caseFile.answer(record).rrsets { isBrought[Int(rrset.rrset.rawValue)] = true }
  }

  /// Takes an answer to a client.
  /// - Parameter question: its question, when that is watched.
  private mutating func speak(_ record: Int, _ question: UInt32?, _ caseFile: CaseFile) {
    var hasData = false, isFounded = true
    for rrset in caseFile.answer(record).rrsets where rrset.isData {
      hasData = true
      if !isBrought[Int(rrset.rrset.rawValue)] { isFounded = false }
    }
    guard hasData else { return }
    count(caseFile.records[record].destination, isFounded)
    guard let question else { return }
    if isFounded {
      let content = caseFile.body(record).content
      if contents[question, default: content] != content { varied.insert(question) }
      contents[question] = content
      if let source = upstream[question], isResolution(record, source, caseFile) {
        settle(question, record, source, caseFile)
      }
    }
    let known = promises[question] ?? []
    // Of what it knows it gives less and less: the first one holds as long as any.
    guard isFounded ? !known.contains(where: \.isFounded) : known.count < ResolverMemory.promiseLimit else {
      return
    }
    promises[question, default: []].append(Promise(record: record, isFounded: isFounded))
  }

  /// Counts an answer.
  private mutating func count(_ client: UInt32, _ isFounded: Bool) {
    guard grounds[client] != nil || grounds.count < ResolverMemory.clientLimit else { return }
    let place = isFounded ? \Grounds.founded : \Grounds.unfounded
    grounds[client, default: Grounds()][keyPath: place] += 1
    total[keyPath: place] += 1
  }

  /// Whether a client's query made the resolver ask upstream, and the client got what came: so asks who has nothing in
  /// its cache. Who serves stale data asks for fresh ones too, but afterwards (RFC 8767 §5).
  private func isResolution(_ answer: Int, _ source: Int, _ caseFile: CaseFile) -> Bool {
    guard caseFile.queryTime(answer) <= caseFile.queryTime(source),
      caseFile.time(source) <= caseFile.time(answer)
    else {
      return false
    }
    let brought = Set(caseFile.data(source).map(\.rrset))
    return !brought.isEmpty && brought.isSubset(of: caseFile.data(answer).map(\.rrset))
  }

  /// Compares a resolution with what had been answered before that and still held.
  private mutating func settle(_ question: UInt32, _ answer: Int, _ source: Int, _ caseFile: CaseFile) {
    let asked = caseFile.queryTime(answer)
    for promise in promises.removeValue(forKey: question) ?? []
    where caseFile.time(promise.record) < asked
      && caseFile.holds(promise.record, at: caseFile.queryTime(source))
    {
      if promise.isFounded {
        forgotten += 1
      } else if belied.count < ResolverMemory.beliedLimit {
        belied.append(Belied(answer: promise.record, upstream: source, resolved: answer))
      }
    }
  }
}
