import DNSWire

/// Denials of DS: the proof that a delegation is insecure, or that there is no zone cut (RFC 4035 §5.2).
extension ChainWalker {
  /// What the denials of DS at a name say.
  /// - Parameter isWithin: whether nothing between the zone and the name shows signs of another zone.
  func deniedDS(
    at name: Name, from zone: SecureZone, isWithin: Bool, _ moment: inout Moment
  ) -> (insecure: Verdict?, isNoCut: Bool, failure: Verdict?) {
    // A record that matches the name says what it says wherever it was seen. Spans are taken only from messages about
    // the name, since an opt-out span proves nothing for names that nobody asked for (RFC 8198 §5.4).
    let about = evidence.dsDenials[name] ?? []
    let failure = denialFailure(name, about, zone, isWithin, &moment)
    let (proven, _) = proven(about.map(\.set) + delegationSets(at: name, in: zone), in: zone, &moment)
    guard !proven.nsec.isEmpty || !proven.nsec3.isEmpty else { return (nil, false, failure) }
    let outcome = chainProver.proveNoDS(cut: name, evidence: proven)
    switch outcome {
    case .insecureDelegation:
      return (Verdict(.insecure, "\(zone.name) proves that the delegation of \(name) has no DS"), false, nil)
    case .optOut:
      return (
        Verdict(
          .insecure,
          "\(name) lies in an opt-out span of \(zone.name), which proves that no DS is needed there"), false,
        nil
      )
    case .iterations(let count):
      // Whether a zone begins here stays open: what the zone itself signed at the name is secure still (RFC 9276 §3.2).
      return (
        nil, false,
        Verdict(
          .insecure, ede: .unsupportedNSEC3Iterations,
          "the NSEC3 records of \(zone.name) use \(count) iterations")
      )
    case .notACut: return (nil, true, nil)
    case .hasDS, .childSide, .notProven:
      guard isWithin, failure == nil else { return (nil, false, failure) }
      return (nil, false, unproven(name, about, zone, outcome, &moment))
    }
  }

  /// The verdict on answers to the DS question whose records verify and do not prove the denial: a broken link too.
  private func unproven(
    _ name: Name, _ about: [ChainEvidence.SeenDenial], _ zone: SecureZone, _ outcome: DSDenialOutcome,
    _ moment: inout Moment
  ) -> Verdict? {
    let isAnswered = about.contains {
      $0.isAnswer && fault(of: $0.set.rrset, $0.set.signatures, in: zone, &moment) == nil
    }
    guard isAnswered else { return nil }
    let why =
      switch outcome {
      case .hasDS: "a record says that it has a DS"
      case .childSide: "a record has SOA set"
      default: outcome.missing ?? ""
      }
    return Verdict(.bogus, ede: .nsecMissing, "\(zone.name) denies DS for \(name) without a proof: \(why)")
  }

  /// The verdict on denials of DS that fail to verify: a broken link, no missing one. Records of zones between, keys
  /// that may have changed and copies of another time say nothing.
  private func denialFailure(
    _ name: Name, _ about: [ChainEvidence.SeenDenial], _ zone: SecureZone, _ isWithin: Bool,
    _ moment: inout Moment
  ) -> Verdict? {
    var worst: SignatureFailure?
    for seen in about {
      guard let fault = fault(of: seen.set.rrset, seen.set.signatures, in: zone, &moment) else { continue }
      if fault.code == .rrsigsMissing || fault.code == .dnskeyMissing && !zone.isCurrent { continue }
      if fault.isTimeOnly, wasInPeriod(seen.set.rrset, seen.set.signatures, seen.sightings, in: zone) {
        continue
      }
      guard fault.isTimeOnly || isNear(seen, &moment) else { continue }
      if worst.map({ fault.rank < $0.rank }) ?? true { worst = fault }
    }
    if let worst {
      return Verdict(.bogus, ede: worst.code, "the denial of DS for \(name) fails: \(worst.reason)")
    }
    guard isWithin, isDenied(evidence.unprovenDenials[name], by: zone.name, &moment) else { return nil }
    return Verdict(
      .bogus, ede: .nsecMissing, "a server of \(zone.name) denies DS for \(name) without NSEC or NSEC3")
  }

  /// Whether a denial was seen near to the time: one that fails says nothing of other times.
  private func isNear(_ seen: ChainEvidence.SeenDenial, _ moment: inout Moment) -> Bool {
    let (isSeen, span) = seen.sightings.isSeen(within: ChainWalker.denialReach, of: moment.time)
    moment.narrow(to: span)
    return isSeen
  }
}
