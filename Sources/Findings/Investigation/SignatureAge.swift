import DNSSEC
import DNSWire

/// When what a response says was signed: the latest inception of the RRSIGs over its data, or over the records that
/// prove its denial. It counts seconds modulo 2^32 (RFC 4034 §3.1.5).
struct SignatureAge {
  let inception: UInt32

  /// Of a response; nil without signatures. A denial's SOA is left out: it is signed anew with every change of the zone.
  init?(_ answer: Answer, _ store: RRsetStore) {
    let data = answer.data
    let told =
      data.isEmpty
      ? answer.rrsets.filter { $0.section == .authority && [.nsec, .nsec3].contains($0.type) } : data
    var latest: UInt32?
    for id in told.flatMap(\.signatures) {
      guard let fields = store.fields(of: id) else { continue }
      latest = latest.map { SignatureAge.later($0, fields.inception) } ?? fields.inception
    }
    guard let latest else { return nil }
    inception = latest
  }

  /// Seconds by which the other one is later, negative when it is earlier.
  func seconds(until other: SignatureAge) -> Int32 { Int32(bitPattern: other.inception &- inception) }

  /// The later of two times.
  private static func later(_ a: UInt32, _ b: UInt32) -> UInt32 { Int32(bitPattern: b &- a) > 0 ? b : a }
}

extension RRsetStore {
  /// The fields of an RRSIG; nil where its RDATA is malformed.
  func fields(of signature: SignatureID) -> RRSIGData? { try? RRSIGData(self.signature(signature)) }
}

extension CaseFile {
  /// When a response's data were signed, of one that is secure, or was until its signatures ran out.
  func signatureAge(_ record: Int) -> SignatureAge? {
    isOrWasSecure(record) ? SignatureAge(answer(record), store.rrsets) : nil
  }

  /// Whether a response is secure, or was until its signatures ran out.
  func isOrWasSecure(_ record: Int) -> Bool {
    let word = word(record)
    return word == .secure || (word == .bogus && judgement(record).isOutOfDate)
  }
}

extension ResponseJudgement {
  /// Whether nothing but time keeps it from being secure.
  var isOutOfDate: Bool {
    guard verdict.security == .bogus, let ede = verdict.ede else { return false }
    return [ExtendedErrorCode.signatureExpired, .signatureNotYetValid, .signatureExpiredBeforeValid]
      .contains { $0.rawValue == ede }
  }
}
