import Bytes
import DNSSEC
import DNSWire
import Findings

/// A bogus answer that a resolver delivered.
struct BreakingAnswer {
  /// What was asked, and who asked.
  let question: CanonicalQuestion, client: IPAddress
  /// Where it is, and in which input when there are several.
  let frame: Int, file: Int?
  /// Why it is bogus.
  let verdict: Verdict
  /// The frame of a secure answer in force to the same question.
  let secureFrame: Int?
}

/// The names that clients would no longer reach if their resolvers validated.
struct BreakingTable {
  /// Names counted one by one: an attacker who forges more is told of by the findings.
  private static let nameLimit = 10_000
  /// Names and clients of each that a summary has.
  private static let topLimit = 100, clientLimit = 20
  /// Clients of one name that are told apart.
  private static let countedClients = 1_000

  private var names: [CanonicalQuestion: BreakingName] = [:],
    clients: [CanonicalQuestion: Set<IPAddress>] = [:]
  /// Answers about names beyond the limit.
  private var leftOut = 0

  /// Adds a delivered answer.
  mutating func add(_ answer: BreakingAnswer) {
    let key = answer.question
    if names[key] == nil {
      guard names.count < BreakingTable.nameLimit else {
        leftOut += 1
        return
      }
      names[key] = BreakingName(
        name: key.name, type: key.type, count: 0, clients: [], clientCount: 0, firstFrame: answer.frame,
        firstFile: answer.file, verdict: answer.verdict, secureFrame: nil)
    }
    names[key]?.count += 1
    if names[key]?.secureFrame == nil { names[key]?.secureFrame = answer.secureFrame }
    if (clients[key]?.count ?? 0) < BreakingTable.countedClients {
      clients[key, default: []].insert(answer.client)
    }
  }

  /// The names with the most clients, then with the most answers.
  var summary: WouldBreak {
    var all = names.map { key, name in
      var name = name
      let known = (clients[key] ?? []).sorted()
      (name.clients, name.clientCount) = (Array(known.prefix(BreakingTable.clientLimit)), known.count)
      return name
    }
    all.sort { a, b in
      (b.clientCount, b.count, a.firstFrame, a.name, a.type.rawValue) < (
        a.clientCount, a.count, b.firstFrame, b.name, b.type.rawValue
      )
    }
    return WouldBreak(
      names: all.count, answers: all.reduce(leftOut) { $0 + $1.count },
      top: Array(all.prefix(BreakingTable.topLimit)))
  }
}
