import Bytes
import DNSWire
import Packets

/// What a person should know, with its evidence.
package struct Finding: Sendable {
  /// Unique in one output, stable between runs: `F1`, `F2`, ...
  package var id: String
  /// The rule of the catalogue.
  package var rule: Rule
  /// How bad, and how sure.
  package var severity: Severity, confidence: Confidence
  /// One sentence.
  package var summary: String
  /// Index of the input that the frames count in; nil when there is one only, or they are of several.
  package var file: Int?
  /// The input of each of the frames when they are of several; else empty.
  package var files: [Int] = []
  /// Frames, times and number of the packets that show it; up to `frameLimit` frames are listed.
  package var frames: [Int], count: Int
  /// First and last packet.
  package var firstFrame: Int, lastFrame: Int, firstTime: Timestamp, lastTime: Timestamp
  /// Names, servers and clients concerned, in order, without duplicates.
  package var names: [Name], servers: [IPAddress], clients: [IPAddress]
  /// Facts of the rule, in order.
  package var evidence: [(name: String, value: EvidenceValue)]
  /// Honest explanations that fit as well.
  package var benignExplanations: [String]
  /// CVEs, RFCs and papers.
  package var references: [String]

  /// The most frames listed (OUTPUT contract).
  package static let frameLimit = 1_000

  /// From the fields.
  package init(
    id: String, rule: Rule, severity: Severity, confidence: Confidence, summary: String, frames: [Int],
    count: Int,
    firstFrame: Int, lastFrame: Int, firstTime: Timestamp, lastTime: Timestamp, names: [Name],
    servers: [IPAddress], clients: [IPAddress], evidence: [(name: String, value: EvidenceValue)],
    benignExplanations: [String], references: [String], file: Int? = nil
  ) {
    (self.id, self.rule, self.severity, self.confidence, self.summary) = (
      id, rule, severity, confidence, summary
    )
    (self.frames, self.count, self.firstFrame, self.lastFrame) = (frames, count, firstFrame, lastFrame)
    (self.firstTime, self.lastTime, self.names) = (firstTime, lastTime, names)
    (self.servers, self.clients, self.evidence) = (servers, clients, evidence)
    (self.benignExplanations, self.references, self.file) = (benignExplanations, references, file)
  }
}

/// A fact in a finding.
package enum EvidenceValue: Sendable {
  case text(String), number(Int), flag(Bool), texts([String]), numbers([Int])
}

/// A rule of the catalogue, by its name in the output.
package struct Rule: RawRepresentable, Hashable, Sendable {
  /// Kebab-case name.
  package let rawValue: String

  /// From the name.
  package init(rawValue: String) { self.rawValue = rawValue }

  package static let bogus = Rule(rawValue: "bogus")
  package static let stripped = Rule(rawValue: "stripped")
  package static let unsigned = Rule(rawValue: "unsigned")
  package static let failedSignature = Rule(rawValue: "failed-signature")
  package static let anchorTrouble = Rule(rawValue: "anchor-trouble")
  package static let poisonServed = Rule(rawValue: "poison-served")
  package static let exposure = Rule(rawValue: "exposure")
  package static let recovery = Rule(rawValue: "recovery")
  package static let pivot = Rule(rawValue: "pivot")
  package static let rcodeConflict = Rule(rawValue: "rcode-conflict")
  package static let ttlOutlier = Rule(rawValue: "ttl-outlier")
  package static let tooFast = Rule(rawValue: "too-fast")
  package static let injectorFingerprint = Rule(rawValue: "injector-fingerprint")
  package static let l2Divergence = Rule(rawValue: "l2-divergence")
  package static let letterCase = Rule(rawValue: "0x20")
  package static let cookie = Rule(rawValue: "cookie")
  package static let ednsDowngrade = Rule(rawValue: "edns-downgrade")
  package static let txidSpray = Rule(rawValue: "txid-spray")
  package static let portSpray = Rule(rawValue: "port-spray")
  package static let unsolicitedAnswer = Rule(rawValue: "unsolicited-answer")
  package static let randomSubdomainBurst = Rule(rawValue: "random-subdomain-burst")
  package static let birthday = Rule(rawValue: "birthday")
  package static let rebirthday = Rule(rawValue: "rebirthday")
  package static let dnspooq = Rule(rawValue: "dnspooq")
  package static let saddns = Rule(rawValue: "saddns")
  package static let icmpProbe = Rule(rawValue: "icmp-probe")
  package static let weakPort = Rule(rawValue: "weak-port")
  package static let weakTxid = Rule(rawValue: "weak-txid")
  package static let tudorClass = Rule(rawValue: "tudor-class")
  package static let flushOracle = Rule(rawValue: "flush-oracle")
  package static let questionMismatch = Rule(rawValue: "question-mismatch")
  package static let conflictingAnswer = Rule(rawValue: "conflicting-answer")
  package static let sameAnswerTwice = Rule(rawValue: "same-answer-twice")
  package static let deadEnd = Rule(rawValue: "answer-from-dead-end")
  package static let sourceMismatch = Rule(rawValue: "source-mismatch")
  package static let interception = Rule(rawValue: "interception")
  package static let outOfBailiwick = Rule(rawValue: "out-of-bailiwick")
  package static let promiscuousAuthority = Rule(rawValue: "promiscuous-authority")
  package static let nsOrGlueChange = Rule(rawValue: "ns-or-glue-change")
  package static let aliasTakeover = Rule(rawValue: "dname-cname-takeover")
  package static let maginot = Rule(rawValue: "maginot")
  package static let nullGlue = Rule(rawValue: "zero-or-null-glue")
  package static let rebinding = Rule(rawValue: "rebinding")
  package static let ghostDomain = Rule(rawValue: "ghost-domain")
  package static let ttlOddity = Rule(rawValue: "ttl-oddity")
  package static let splitAnswerSet = Rule(rawValue: "split-answer-set")
  package static let weakCrypto = Rule(rawValue: "weak-crypto")
  package static let keyTrap = Rule(rawValue: "keytrap")
  package static let nsec3Work = Rule(rawValue: "nsec3-work")
  package static let adLies = Rule(rawValue: "ad-lies")
  package static let contradictsSecure = Rule(rawValue: "contradicts-secure")
  package static let bogusVsSecure = Rule(rawValue: "bogus-vs-secure")
  package static let dsStripped = Rule(rawValue: "ds-stripped")
  package static let algorithmDowngrade = Rule(rawValue: "algorithm-downgrade")
  package static let replay = Rule(rawValue: "replay")
  package static let nsecSpanMisuse = Rule(rawValue: "nsec-span-misuse")
  package static let wildcardLabelTrick = Rule(rawValue: "wildcard-label-trick")
  package static let signerTrick = Rule(rawValue: "signer-trick")
  package static let fakeNegative = Rule(rawValue: "fake-negative")
  package static let fragmentConflict = Rule(rawValue: "fragment-conflict")
  package static let plantedFragment = Rule(rawValue: "planted-fragment")
  package static let shrunkPMTU = Rule(rawValue: "shrunk-pmtu")
  package static let checksumFiller = Rule(rawValue: "checksum-filler")
  package static let cdsInconsistent = Rule(rawValue: "cds-inconsistent")
}

/// How much a finding matters.
package enum Severity: UInt8, Sendable, CaseIterable, Comparable {
  case info, low, medium, high, critical

  /// The word in the output.
  package var word: String { "\(self)" }
  /// The lesser one is the smaller one.
  package static func < (a: Severity, b: Severity) -> Bool { a.rawValue < b.rawValue }
}

/// How sure a finding is.
package enum Confidence: UInt8, Sendable, CaseIterable, Comparable {
  case low, medium, high, confirmed

  /// The word in the output.
  package var word: String { "\(self)" }
  /// The less certain one is the smaller one.
  package static func < (a: Confidence, b: Confidence) -> Bool { a.rawValue < b.rawValue }
}
