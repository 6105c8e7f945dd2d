@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// Random histories of a trust point, held against RFC 5011 §2 as a definition over the whole history.
@Suite struct TrustPointOracleTests {
  /// What the zone has on a day: the keys without REVOKE, and those that are revoked.
  private struct Day {
    let number: Int, present: Set<Int>, revoked: Set<Int>
  }

  /// The key of a number.
  private func key(_ number: Int) throws -> DNSKEYData {
    let rdata: [UInt8] = [1, 1, 3, 13, 7, UInt8(number)]
    return try DNSKEYData(rdata.span)
  }

  /// A history: days one to twelve apart, keys that mostly stay as they are, and now and then a revocation.
  private func history(_ random: inout SeededRandom) -> [Day] {
    var days: [Day] = [], number = 0, present: Set<Int> = [0], revoked: Set<Int> = []
    for _ in 0..<30 {
      number += Int.random(in: 1...12, using: &random)
      for key in 1...3 where Int.random(in: 0..<8, using: &random) == 0 {
        present.formSymmetricDifference([key])
      }
      if Int.random(in: 0..<25, using: &random) == 0 { revoked.insert(Int.random(in: 0...3, using: &random)) }
      days.append(Day(number: number, present: present.subtracting(revoked), revoked: revoked))
    }
    return days
  }

  /// Whether a key is a trust anchor after these days: never revoked, and configured (number 0) or once seen on days
  /// thirty apart or more and on every day seen between them.
  private func isTrusted(_ key: Int, after days: [Day]) -> Bool {
    if days.contains(where: { $0.revoked.contains(key) }) { return false }
    if key == 0 { return true }
    return days.indices.contains { start in
      let run = days[start...].prefix { $0.present.contains(key) }
      guard let first = run.first, let last = run.last else { return false }
      return last.number - first.number >= 30
    }
  }

  @Test("a key is trusted when the definition says so, after every day of 300 histories")
  func histories() throws {
    var random = SeededRandom(seed: 0x5011), learned = 0
    let anchor = TrustAnchor(zone: .root, key: .key(try key(0)), source: "test")
    for _ in 0..<300 {
      let days = history(&random)
      var point = TrustPoint(zone: .root, anchors: [anchor])
      for (index, day) in days.enumerated() {
        let time = Int64(day.number) * 86_400
        for number in day.revoked {
          _ = point.revoke(try key(number).with(revoked: true), at: time, frame: 1)
        }
        _ = point.see(try day.present.sorted().map(key), at: time, originalTTL: 172_800, frame: 1)
        for number in 0...3 {
          let data = try key(number)
          let anchors = point.anchors.filter { anchor in
            if case .key(let key) = anchor.key {
              key == data && TrackedKey(anchor).isInForce(at: time)
            } else {
              false
            }
          }
          let expected = isTrusted(number, after: Array(days[...index]))
          #expect(anchors.count == (expected ? 1 : 0), "key \(number) on day \(day.number)")
          if expected, number > 0 { learned += 1 }
        }
      }
    }
    #expect(learned > 1_000, "the histories have to show keys that are taken on")
  }
}
