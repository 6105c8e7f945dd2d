import Bytes
import DNSWire
import TestSupport
import Testing

@testable import DNSSEC
@testable import Findings

/// Drafts by key, and the kinds of responses that went to them.
@Suite struct DraftTableTests {
  /// A response of a kind.
  private func response(_ kind: Int, frame: Int) -> JudgedResponse {
    JudgedResponse(
      frame: frame, time: Timestamp(seconds: Int64(frame)), server: IPAddress(v4: 1),
      client: IPAddress(v4: 2), question: nil, rcode: .noError, kind: kind,
      judgement: ResponseJudgement(
        verdict: Verdict(.insecure, "test"), rrsets: [], zone: domainName("."), unsigned: nil),
      conflict: nil, isIntact: true)
  }

  /// A further packet of a kind.
  private func packet(_ kind: Int, frame: Int) -> JudgedPacket { JudgedPacket(response(kind, frame: frame)) }

  @Test("a further packet goes to every draft that its kind of response went to, however many these are")
  func several() {
    var table = DraftTable<String>()
    for (kind, keys) in [(0, ["a"]), (7, ["a", "b"]), (3, ["c", "a", "b", "d"])] {
      for key in keys { table.add(response(kind, frame: kind + 1), to: key) }
    }
    for kind in [0, 7, 3, 3, 5] { table.addAgain(packet(kind, frame: 100 + kind)) }
    let counts = Dictionary(uniqueKeysWithValues: table.entries.map { ($0.key, $0.draft.count) })
    #expect(counts == ["a": 3 + 4, "b": 2 + 3, "c": 1 + 2, "d": 1 + 2])
    #expect(table.entries.map(\.key) == ["a", "b", "c", "d"])
    #expect(table.entries[3].draft.frames == [4, 103, 103])
  }

  @Test("a kind that goes to one draft twice is counted there once for each further packet")
  func twice() {
    var table = DraftTable<String>()
    for key in ["a", "a", "b", "b"] { table.add(response(1, frame: 1), to: key) }
    table.addAgain(packet(1, frame: 2))
    #expect(table.entries.map(\.draft.count) == [3, 3])
  }

  @Test("when a part of the run has ended, the numbers of kinds stand for other responses")
  func parts() {
    var table = DraftTable<String>()
    table.add(response(1, frame: 1), to: "a")
    table.forgetKinds()
    table.addAgain(packet(1, frame: 2))
    #expect(table.entries.map(\.draft.count) == [1])
  }

  @Test("beyond the limit responses are counted and no draft begins")
  func limit() {
    var table = DraftTable<Int>()
    for key in 0..<DraftTable<Int>.limit + 3 { table.add(response(0, frame: 1), to: key) }
    #expect(table.entries.count == DraftTable<Int>.limit && table.leftOut == 3)
  }
}
