import DNSSEC
import DNSWire

/// A bogus answer, or one that is older than others, and what shows that it is false and not merely the work of a careless operator.
struct Doubt {
  /// What is wrong with it, as far as it tells how it was made.
  enum Flaw {
    /// Data without RRSIGs, or a denial without records that prove it.
    case unsigned, unprovenDenial
    /// RRSIGs that fail; records with valid RRSIGs that prove something else; RRSIGs that ran out.
    case badSignature, misused, expired
    /// RRSIGs whose label count or signer does not fit.
    case labels, signer
    /// It verifies, with older RRSIGs than others that were seen.
    case older
    /// Keys are missing, and the like.
    case other
  }

  /// The number of the response, and what is wrong with it.
  let record: Int, flaw: Flaw
  /// The secure answer with other data that it raced, or one to the same question at another time.
  var rival: Int?, secure: Int?
  /// The secure data elsewhere that it stands against.
  var contradiction: Contradiction?
  /// Whether its server is one that answers with authority.
  var isFromAuthority = false
  /// Whether its server signs for the zone, and the zone's servers gave secure answers before and after it, one of them
  /// within a minute.
  var isServerSigning = false
  /// The same with answers of its kind: data, or denials. Some servers sign the one and not the other.
  var isServerSigningAlike = false
  /// Whether the same data had come to its server before: then it passes on what it was told.
  var isPassedOn = false
  /// Whether it may answer another query than the one it was matched to: one without EDNS, with the same ID and port.
  var mayBeOfQueryWithoutEDNS = false
  /// How often its server said the same to the question of it.
  var repetitions = 1

  /// Whether secure data contradict what it says.
  var isContradicted: Bool { rival != nil || contradiction != nil || secure != nil }

  /// Whether it was made on the way from its server: it lost against a secure rival, or the server, which is one with
  /// authority, signs for the zone before and after.
  var isForged: Bool { rival != nil || (isFromAuthority && isServerSigning && !isPassedOn) }

  /// Whether it is bogus, forged, and stands against secure data.
  var isProven: Bool { isForged && isContradicted && flaw != .older }

  /// Whether the signatures were taken away and nothing tells that the data are false. What a server says again and again
  /// without signatures, and never with them, its operator did.
  var isStripped: Bool {
    [.unsigned, .unprovenDenial].contains(flaw) && isForged && !isContradicted && isServerSigningAlike
      && !mayBeOfQueryWithoutEDNS && repetitions <= Doubt.operatorRepetitions
  }

  /// See `isStripped`: a resolver that does not trust an answer asks again once or twice.
  private static let operatorRepetitions = 3

  /// Whether a client that asked for signatures got false data of a resolver which had others for it at other times, and
  /// nothing in the capture tells where the resolver has them from.
  var isFromDeceivedResolver: Bool {
    !isFromAuthority && isServerSigning && !isPassedOn && rival == nil && isContradicted
  }
}

extension Doubt.Flaw {
  /// Of a response that is bogus.
  init(_ judgement: ResponseJudgement, _ answer: Answer, _ question: CanonicalQuestion?, _ store: RRsetStore)
  {
    let data = answer.data, isDenial = data.isEmpty
    let statuses = zip(answer.rrsets, judgement.rrsets).filter { $0.0.section != .additional }
    let judged = statuses.flatMap { $0.1.signatures }
    switch judgement.verdict.ede.flatMap(ExtendedErrorCode.init(rawValue:)) {
    case .signatureExpired, .signatureNotYetValid, .signatureExpiredBeforeValid: self = .expired
    case .dnskeyMissing, .noZoneKeyBitSet: self = .other
    default:
      if judged.contains(.wrongSigner) {
        self = .signer
      } else if !isDenial, let question, !data.contains(where: { store.owner(of: $0.rrset) == question.name })
      {
        // Another name's data, which may well be signed.
        self = judged.contains(.verified) ? .misused : .other
      } else if isDenial {
        let proofs = statuses.filter { [.nsec, .nsec3].contains($0.0.type) }
        let hasValid = proofs.contains { $0.1.signatures.contains(.verified) }
        self = judged.contains(.failed) ? .badSignature : hasValid ? .misused : .unprovenDenial
      } else if judged.contains(.failed) {
        self = .badSignature
      } else if statuses.contains(where: {
        Doubt.Flaw.isExpanded($0.0, store) && $0.1.signatures.contains(.verified)
      }) {
        self = .labels
      } else {
        self =
          judged.isEmpty || judgement.verdict.ede == ExtendedErrorCode.rrsigsMissing.rawValue
          ? .unsigned : .other
      }
    }
  }

  /// Whether an RRset has an RRSIG with fewer labels than its owner: made from a wildcard (RFC 4034 §3.1.3).
  static func isExpanded(_ rrset: AnswerRRset, _ store: RRsetStore) -> Bool {
    guard rrset.section == .answer, !rrset.signatures.isEmpty else { return false }
    let owner = store.owner(of: rrset.rrset), labels = owner.labelCount - (owner.isWildcard ? 1 : 0)
    return rrset.signatures.contains { id in
      guard let data = store.fields(of: id) else { return false }
      return Int(data.labels) < labels
    }
  }
}
