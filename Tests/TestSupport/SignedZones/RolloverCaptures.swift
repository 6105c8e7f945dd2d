import DNSWire
import Foundation

/// Captures of a root that changes its key: what servers said on single days, and the anchor that its first key is.
package struct RolloverCaptures {
  private let keys: [ZoneKey], revoked: ZoneKey, data: ZoneKey
  /// 2026-06-01T00:00:00Z, from which days count.
  private static let start: Int64 = 1_780_272_000, day: Int64 = 86_400

  /// The keys of the root.
  package init() throws {
    keys = try [41, 42].map { try ZoneKey(algorithm: 13, flags: 257, seed: $0) }
    revoked = try ZoneKey(algorithm: 13, flags: 385, seed: 41)
    data = try ZoneKey(algorithm: 13, flags: 256, seed: 43)
  }

  /// The tags of the first and the second key.
  package var tags: [Int] { keys.map { Int($0.keyTag) } }

  /// The anchor as BIND writes it, of a kind.
  package func anchor(_ kind: String = "initial-ds", key index: Int = 0) -> String {
    let ds = keys[index].ds(of: domainName("."), digestType: 2)
    let digest = ds[4...].map { String(format: "%02X", $0) }.joined()
    return "trust-anchors { . \(kind) \(keys[index].keyTag) 13 2 \"\(digest)\"; };\n"
  }

  /// What the root has on a day.
  package enum Keys { case first, both, secondBesideRevoked, second }

  /// A capture of days: the DNSKEY RRset of each, and an answer signed with the key for data.
  package func capture(_ days: [(Int64, Keys)]) throws -> Data {
    var file = ClassicCapture()
    for (day, state) in days {
      let address = ZoneRRset(domainName("www."), .a, [ZoneRData.a(1)])
      for message in [try keySet(state, day: day), try message(address, by: [data], day: day)] {
        let packet = PacketBuilder.udp(message, from: 53, to: 4_000)
        file.add(
          PacketBuilder.ethernet(PacketBuilder.ipv4(packet, from: Host.server, to: Host.client)),
          at: (RolloverCaptures.start + day * RolloverCaptures.day) * 1_000_000_000)
      }
    }
    return Data(file.bytes)
  }

  /// The day of a time.
  package static func day(of time: Date) -> Int64 { (Int64(time.timeIntervalSince1970) - start) / day }

  /// The response to the question for the keys on a day.
  package func keySet(_ state: Keys, day: Int64) throws -> [UInt8] {
    let (shown, signers): ([ZoneKey], [ZoneKey]) =
      switch state {
      case .first: ([keys[0]], [keys[0]])
      case .both: (keys, [keys[0]])
      case .secondBesideRevoked: ([revoked, keys[1]], [revoked, keys[1]])
      case .second: ([keys[1]], [keys[1]])
      }
    let keySet = ZoneRRset(domainName("."), .dnskey, ttl: 172_800, (shown + [data]).map(\.rdata))
    return try message(keySet, by: signers, day: day)
  }

  /// A response with one RRset, signed for five days around a day.
  private func message(_ rrset: ZoneRRset, by signers: [ZoneKey], day: Int64) throws -> [UInt8] {
    let middle = RolloverCaptures.start + day * RolloverCaptures.day, reach = 5 * RolloverCaptures.day
    let period = ValidityPeriod(UInt32(middle - reach), UInt32(middle + reach))
    let signatures = try signers.map { try $0.sign(rrset, signer: domainName("."), period) }
    let answer = ZoneAnswer(kind: .positive, answer: [AnsweredRRset(rrset: rrset, signatures: signatures)])
    return ZoneMessages.response(answer, rrset.owner, rrset.type, id: 1).bytes
  }
}
