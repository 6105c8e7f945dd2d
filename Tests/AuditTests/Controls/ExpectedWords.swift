import DNSSEC
import DNSWire
import TestSupport

extension ControlWorld {
  /// Indices of the exchanges whose answer is positive, from no wildcard, and signed below the anchor.
  var signedPositive: [Int] {
    capture.exchanges.indices.filter {
      let exchange = capture.exchanges[$0]
      return exchange.answer.kind == .positive && ControlWorld.expectedWord(of: exchange) == .secure
        && exchange.type != .dnskey && exchange.type != .ds
    }
  }

  /// Zones without a chain to the root.
  static func isInsecure(_ zone: Name) -> Bool {
    zone.labels.first.map { Array($0) == Array("plain".utf8) || Array($0) == Array("island".utf8) } ?? false
  }

  /// The word on an answer that nobody changed.
  static func expectedWord(of exchange: ZoneExchange) -> SecurityStatus {
    if isInsecure(exchange.zone) { return .insecure }
    switch exchange.answer.kind {
    case .positive: return .secure
    case .referral:
      return exchange.answer.authority.contains { $0.rrset.type == .ds } ? .secure : .insecure
    case .wildcard, .noData, .wildcardNoData, .nxDomain:
      return usesOptOut(exchange) ? .insecure : .secure
    }
  }

  /// Whether an opt-out span is what denies the name.
  private static func usesOptOut(_ exchange: ZoneExchange) -> Bool {
    let optOut = exchange.answer.authority.contains {
      $0.rrset.type == .nsec3 && $0.rrset.rdata.allSatisfy { $0[1] & 1 == 1 }
    }
    guard optOut else { return false }
    switch exchange.answer.kind {
    case .nxDomain, .wildcard, .wildcardNoData: return true
    // A record at the name denies a type without any span; an unsigned delegation has none.
    default: return exchange.type == .ds
    }
  }
}
