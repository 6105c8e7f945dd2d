import DNSSEC
import DNSWire

/// What a resolver claims of an answer that the capture shows to be otherwise.
enum FalseClaim: String, Sendable {
  case secureOnBogus = "ad-on-bogus"
  case secureOnInsecure = "ad-on-insecure"
  case nothingOnSecure = "no-ad-on-secure"
  case failedOnSecure = "servfail-on-secure"

  /// The claim of a response; nil when it makes none that is false.
  static func of(_ response: JudgedResponse) -> FalseClaim? {
    let flags = response.flags, verdict = response.judgement.verdict
    guard flags.ra else { return nil }
    if response.rcode == .servFail {
      return response.secureFrame != nil && response.serverEDE.contains(where: isValidation)
        ? .failedOnSecure : nil
    }
    switch verdict.security {
    case .bogus: return flags.ad && !isOurs(response) ? .secureOnBogus : nil
    // What this program cannot verify, others may (RFC 8914 codes 1, 2, 27).
    case .insecure: return flags.ad && verdict.ede == nil ? .secureOnInsecure : nil
    case .indeterminate: return nil
    case .secure: return !flags.ad && !flags.aa && !flags.cd && response.wantsAD ? .nothingOnSecure : nil
    }
  }

  /// Whether a word rests on a limit or an algorithm of this program.
  private static func isOurs(_ response: JudgedResponse) -> Bool {
    response.judgement.work?.isKeyLimitReached ?? false
      || response.judgement.rrsets.contains { $0.signatures.contains(.unsupportedAlgorithm) }
  }

  /// Whether an extended error says that validation failed (RFC 8914 §4.6 to §4.13, §4.26).
  private static func isValidation(_ code: UInt16) -> Bool { (5...12).contains(code) || code == 25 }

  /// How bad it is and how sure: a clock explains what time alone makes bogus.
  func weight(isContradicted: Bool, isClock: Bool, setsAD: Bool) -> (Severity, Confidence) {
    switch self {
    case .secureOnBogus: (isContradicted ? .high : .medium, isClock ? .low : .high)
    case .secureOnInsecure: (.low, .medium)
    case .nothingOnSecure: (setsAD ? .low : .info, .high)
    case .failedOnSecure: (.low, .medium)
    }
  }

  /// What the resolver does, in words.
  func sentence(setsAD: Bool) -> String {
    switch self {
    case .secureOnBogus: "claims with AD that bogus data are secure,"
    case .secureOnInsecure: "claims with AD that data of insecure zones are secure,"
    case .nothingOnSecure:
      setsAD
        ? "sets AD on some secure data and not on others, although it was asked to,"
        : "sets no AD on secure data although it was asked to: it does not validate, seen"
    case .failedOnSecure: "answers SERVFAIL and blames DNSSEC, while the capture proves the data,"
    }
  }

  /// Honest explanations.
  var benign: [String] {
    switch self {
    case .secureOnBogus:
      [
        "the resolver copies the AD bit of the query and validates nothing",
        "it has a trust anchor or an exception of its own",
        "its clock or that of the capturing host is wrong",
        "something between the resolver and the capture changed the answer",
      ]
    case .secureOnInsecure:
      [
        "the resolver has a trust anchor of its own for the zone", "it copies the AD bit of the query",
        "the zone was signed or unsigned while answers were cached",
      ]
    case .nothingOnSecure:
      ["the resolver is not configured to validate", "something in between clears the bit"]
    case .failedOnSecure:
      [
        "the resolver was sent other data, which the capture does not show",
        "its clock is wrong, or its trust anchor is out of date",
      ]
    }
  }
}
