import Bytes
import DNSWire
import Packets

/// Makes findings of charges.
struct FindingMaker {
  private let investigation: Investigation
  private var caseFile: CaseFile { investigation.caseFile }

  /// A maker with the evidence of an investigation.
  init(_ investigation: Investigation) { self.investigation = investigation }

  /// The finding of a charge, with the severity and confidence that it has together with others.
  func finding(_ charge: Charge, _ severity: Severity, _ confidence: Confidence) -> Finding {
    let accused = charge.records.isEmpty && charge.packets.isEmpty ? charge.genuine : charge.records
    var packets = Set(accused.flatMap(caseFile.packets)).union(charge.packets)
    if charge.standing == .accuses { packets.formUnion(charge.genuine.flatMap(caseFile.packets)) }
    let sorted = packets.sorted(), all = (charge.records + charge.genuine).sorted()
    let times = all.map(caseFile.time) + [charge.firstTime, charge.lastTime].compactMap { $0 }
    let listed = Array(sorted.prefix(Finding.frameLimit))
    var finding = Finding(
      id: "", rule: charge.rule, severity: severity, confidence: confidence, summary: charge.summary,
      frames: listed.map(\.number), count: max(charge.count ?? 0, sorted.count),
      firstFrame: sorted.first?.number ?? 0, lastFrame: sorted.last?.number ?? 0,
      firstTime: times.min() ?? Timestamp(nanoseconds: 0), lastTime: times.max() ?? Timestamp(nanoseconds: 0),
      names: names(charge, all), servers: distinct(charge.servers + all.map(caseFile.server)),
      clients: distinct([charge.host].compactMap { $0 } + all.map(caseFile.client)),
      evidence: evidence(charge), benignExplanations: charge.benign, references: charge.references)
    if caseFile.severalFiles {
      let files = listed.map(\.file)
      if Set(files).count > 1 { finding.files = files } else { finding.file = files.first }
    }
    return finding
  }

  /// The facts of a charge, families first.
  private func evidence(_ charge: Charge) -> [(name: String, value: EvidenceValue)] {
    var lines = ["\(charge.family.rawValue): \(charge.family.word)"]
    lines += charge.arithmetic.prefix(FindingMaker.lineLimit).map { "\($0.family.rawValue): \($0.text)" }
    var evidence: [(name: String, value: EvidenceValue)] = [("families", .texts(distinct(lines)))]
    let named = Set(charge.packets)
    let forged = Set(charge.records.flatMap { caseFile.packets($0, ofWhich: named) }).union(named)
    if charge.standing == .accuses {
      evidence.append(("forged_frames", .numbers(forged.sorted().prefix(Finding.frameLimit).map(\.number))))
      let genuine = Set(charge.genuine.flatMap(caseFile.packets)).sorted()
      evidence.append(("genuine_frames", .numbers(genuine.prefix(Finding.frameLimit).map(\.number))))
    }
    return evidence + charge.facts
  }

  /// Lines of arithmetic in one finding.
  private static let lineLimit = 32

  /// The names of a charge.
  private func names(_ charge: Charge, _ records: [Int]) -> [Name] {
    distinct(
      charge.names + records.prefix(FindingDraft.listLimit * 4).compactMap { caseFile.question($0)?.name })
  }

  /// The first of each, up to the limit of lists.
  private func distinct<Value: Hashable>(_ values: [Value]) -> [Value] {
    var seen: Set<Value> = [], result: [Value] = []
    for value in values where result.count < FindingDraft.listLimit && seen.insert(value).inserted {
      result.append(value)
    }
    return result
  }
}
