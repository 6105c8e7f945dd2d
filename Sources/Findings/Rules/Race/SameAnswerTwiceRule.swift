import Transactions

/// R2: one query is answered twice with the same data, in two datagrams. Servers that send again do so, and clumsy
/// injectors; it is context and no more. Copies of one packet, and answers to queries that were sent again, do not count.
enum SameAnswerTwiceRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    guard investigation.hasDuplicates else { return [] }
    var byServer: [UInt32: [Int]] = [:]
    for index in caseFile.pass where caseFile.records[index].transaction == .duplicate {
      let record = caseFile.records[index]
      guard record.traits.isDisjoint(with: [.tcp, .damaged]),
        record.match.isDisjoint(with: [.mirrorCopy, .resent, .otherVersion])
      else { continue }
      if (byServer[record.source]?.count ?? 0) < Finding.frameLimit {
        byServer[record.source, default: []].append(index)
      }
    }
    // A single server that repeats itself now and then is everyday noise.
    return byServer.keys.sorted().compactMap { server in
      guard let records = byServer[server], records.count >= least else { return nil }
      var charge = Charge(
        .sameAnswerTwice, .volume, .stands, .info, .low,
        "\(caseFile.addresses[server]) sends \(counted(records.count, "answer")) twice with the same data")
      charge.records = records
      charge.benign = ["the server or a middlebox sends again", "a second tap on the way"]
      charge.references = ["miekg/dns#634"]
      return charge
    }
  }

  /// Answers of one server from which it is worth a word: the 84 repetitions in an hour of a busy resolver come from
  /// dozens of servers, a few from each.
  private static let least = 20
}
