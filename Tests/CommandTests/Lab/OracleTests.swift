import Foundation
import TestSupport
import Testing

/// What a real Unbound says of every name of the lab's zones, beside what dnsaudit says of the same packets.
@Suite("Unbound beside dnsaudit", .serialized) struct OracleTests {
  @Test(
    "every owner name, one between and one below, times A, TXT, DS, NSEC and NS: both say the same",
    .requiresRoot("Unbound beside dnsaudit"), .requiresPrograms("python3", for: "Unbound beside dnsaudit"))
  func agreement() throws {
    let lab = try runLab("oracle", "--dnsaudit", Environment.command.path())
    let said = String(decoding: lab.output, as: UTF8.self)
    #expect(lab.status == 0, "\(said)\(lab.errorText)")
    let counts = try #require(said.split(separator: "\n").last).split { !$0.isNumber }.compactMap { Int($0) }
    // Questions, then the responses for which both say bogus, insecure and secure, then disagreements.
    try #require(counts.count == 5, "\(said)")
    #expect(counts[0] > 3_000 && counts[1...3].allSatisfy { $0 > 3_000 } && counts[4] == 0, "\(said)")
  }
}
