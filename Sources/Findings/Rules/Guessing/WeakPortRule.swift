import Transactions

/// P9: source ports that are easy to guess. The thresholds are those of DNS-OARC's port test, see `NumberSpread`.
enum WeakPortRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    investigation.entropy.compactMap { host in
      guard host.ports.grade == .poor else { return nil }
      var charge = host.charge(.weakPort, "source ports", host.ports)
      charge.benign = [
        "an address translator on the way gives other ports than the host itself",
        "a forwarder that asks one server",
      ]
      charge.references = ["RFC 5452", "CVE-2008-1447", "DNS-OARC porttest"]
      return charge
    }
  }
}

/// P10: message IDs that are easy to guess.
enum WeakTxidRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    investigation.entropy.compactMap { host in
      guard host.ids.grade == .poor else { return nil }
      var charge = host.charge(.weakTxid, "message IDs", host.ids)
      charge.benign = [
        "a gateway from DNS over HTTPS, which always uses the ID 0 (RFC 8484 §4.1)",
        "several hosts behind one address",
      ]
      charge.references = ["RFC 5452", "CVE-2007-2926", "CVE-2025-40780"]
      return charge
    }
  }
}

extension ResolverEntropy {
  /// A weakness of a host's ports or IDs.
  fileprivate func charge(_ rule: Rule, _ noun: String, _ spread: NumberSpread) -> Charge {
    var charge = Charge(
      rule, .weakness, .stands, .low, spread.sampled < 100 ? .low : .medium,
      "\(noun) of \(address) are easy to guess, as seen here: \(spread.flaws.joined(separator: ", "))")
    (charge.host, charge.count, charge.packets) = (address, queries, packets)
    (charge.firstTime, charge.lastTime) = (firstTime, lastTime)
    charge.facts = [
      ("queries", .number(queries)), ("sample", .number(spread.sampled)),
      ("distinct", .number(spread.distinct)),
      ("expected_distinct", .number(Int(spread.expected.rounded()))),
      ("standard_deviation", .number(Int(spread.deviation.rounded()))), ("flaws", .texts(spread.flaws)),
    ]
    return charge
  }
}
