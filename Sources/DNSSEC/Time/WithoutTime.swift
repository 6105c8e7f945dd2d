/// Judgements of what has no time: some captures note none, and write zero. A signature's period cannot be judged then,
/// and a word that rests on one alone would accuse an honest answer.
extension Verdict {
  /// The same, or *indeterminate* where only time fails (RFC 8914 §4.8, §4.9).
  package var withoutTime: Verdict {
    guard security == .bogus, let ede, let code = ExtendedErrorCode(rawValue: ede),
      code == .signatureExpired || code == .signatureNotYetValid
    else { return self }
    return Verdict(
      .indeterminate, "the packet has no time of its own to judge the signatures' periods at; --at gives one")
  }
}

extension RRsetJudgement {
  /// The same for an RRset.
  var withoutTime: RRsetJudgement {
    RRsetJudgement(
      verdict.withoutTime, signatures, zone: zone, wildcardLabels: wildcardLabels,
      weakLinks: weakLinks, skippedInPeriod: skippedInPeriod)
  }
}

extension ResponseJudgement {
  /// The same for a response.
  package var withoutTime: ResponseJudgement {
    ResponseJudgement(
      verdict: verdict.withoutTime, rrsets: rrsets.map(\.withoutTime), zone: zone, unsigned: unsigned,
      weakLinks: weakLinks, work: work)
  }
}

extension ZoneReport {
  /// The same for a zone.
  package var withoutTime: ZoneReport {
    ZoneReport(
      zone: zone, parent: parent, verdict: verdict.withoutTime,
      changes: changes.map { ($0.time, $0.verdict.withoutTime) }, ds: ds, keys: keys, isAnchored: isAnchored,
      trustPoint: trustPoint)
  }
}
