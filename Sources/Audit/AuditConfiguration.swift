import Bytes
import Crypto
import DNSSEC
import Findings

/// How signatures are verified; named here for those who know this module and not the one below.
package typealias VerificationMethod = Crypto.VerificationMethod

/// What a run does, settled once at the edge and never changed below.
package struct AuditConfiguration: Sendable {
  /// The captures in the order given; `-` is standard input.
  package var inputs: [String]
  /// The trust anchors.
  package var anchors: [TrustAnchor]
  /// What is taken for insecure although it verifies.
  package var policy = ValidationPolicy()
  /// Bounds on the work that one message may cause.
  package var limits = ValidationLimits()
  /// What earlier runs learned of trust points (RFC 5011).
  package var anchorStates: [TrustPoint] = []
  /// Where what this run learned of them is written to; nil when a time was given to judge at, which packets of that
  /// time may never have had.
  package var stateFile: AnchorStateFile?
  /// The time to validate at, instead of the packets' own.
  package var at: Timestamp?
  /// A capture filter in libpcap's language.
  package var filter: String?
  /// How many packets of each input are read; nil for all. The filter decides what counts.
  package var packetLimit: Int?
  /// The ports that DNS is looked for on.
  package var ports: [UInt16]
  /// Whether DNS is told by its content on all other ports.
  package var isAnyPort = false
  /// Cores to verify signatures on.
  package var jobs: Int
  /// How signatures are verified.
  package var method = VerificationMethod.fast
  /// What earlier runs found valid, and where it is kept; nil when each run stands for itself.
  package var signatureCache: SignatureCacheFile?
  /// Whether to hash the inputs.
  package var hash: Bool
  /// Effective options for the output, in the order of their names.
  package var options: [(name: String, value: OptionValue)]
  /// Version and build of the program.
  package var version: String, build: String
  /// When the output is made.
  package var generated: Timestamp
  /// Names what verifies signatures: this program's version and build, and libcrypto's.
  package var verifierName: String { "\(version)\n\(build)\n\(CryptoLibrary.version)" }
  /// Free fields about the case.
  package var caseFields: [(name: String, value: String)]

  /// A configuration with the usual values for everything but its inputs.
  package init(inputs: [String], anchors: [TrustAnchor] = TrustAnchor.builtIn) {
    (self.inputs, self.anchors) = (inputs, anchors)
    (at, filter, packetLimit, ports, jobs, hash, options) = (nil, nil, nil, [53], 1, true, [])
    (version, build, generated, caseFields) = ("0", "", Timestamp(nanoseconds: 0), [])
  }
}
