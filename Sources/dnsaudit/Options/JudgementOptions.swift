import ArgumentParser
import Audit

/// What answers are judged by.
struct JudgementOptions: ParsableArguments {
  @Option(
    name: .customLong("trust-anchor"),
    help: ArgumentHelp(
      "Trust the anchors in a file instead of the built-in ones of the root; repeatable. DS or DNSKEY records, root-anchors.xml, or a file of BIND or Unbound.",
      valueName: "file"))
  var trustAnchors: [String] = []

  @Option(
    name: .customLong("anchor-state"),
    help: ArgumentHelp(
      "Keep in a file what RFC 5011 says of the anchors' zones: go on with it, and write it at the end (not with --at).",
      valueName: "file"))
  var anchorState: String?

  @Option(
    help: ArgumentHelp(
      "Take classes of weak cryptography for insecure although they verify; repeatable, or with commas.",
      discussion: """
        CLASS or CLASS=insecure takes it for insecure, CLASS=note only notes it, which is the default; later words win. \
        Sets: none (the truth alone), rfc9904 (what IANA's registries forbid to validate: md5, dsa, gost), all. \
        Classes: \(PolicySource.classes). RSA with MD5 is verified only where md5 is named.
        """, valueName: "word"))
  var policy: [String] = []

  @Option(
    help: ArgumentHelp(
      "Validate as of a time (2016-10-20T15:00:00Z, 20161020150000 or seconds since 1970) instead of the packets' own.",
      valueName: "time"))
  var at: String?

  @Option(
    name: .customLong("fail-on"),
    help: ArgumentHelp(
      "Exit with status 1 from findings of this severity on, and for anything bogus unless it is none.",
      valueName: "severity"))
  var failOn = FailThreshold.medium

  @OptionGroup var cores: CoreOptions

  @Option(
    help: ArgumentHelp(
      "How signatures are verified: fast, with tables for keys that sign much, or evp, by libcrypto's own verification alone. Both say the same.",
      valueName: "fast|evp"))
  var verify = VerificationMethod.fast

  func validate() throws {
    if let at, TimeText.parse(at) == nil {
      throw ValidationError(
        "--at \(at) is no time; write 2016-10-20T15:00:00Z, 20161020150000 or seconds since 1970")
    }
  }
}

extension FailThreshold: ExpressibleByArgument {}
extension VerificationMethod: ExpressibleByArgument {}
