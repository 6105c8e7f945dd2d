import DNSSEC
import DNSWire
import Findings
import TestSupport
import Testing

/// The project's own captures against what the lab knows of them.
@Suite struct LabelTests {
  @Test("there are captures with labels")
  func captures() { #expect(CapturePair.all.count >= 6) }

  @Test("every labelled answer has its word", arguments: CapturePair.all)
  func words(_ pair: CapturePair) throws {
    let (run, labels) = (try AuditedCaptures.run(pair), try CaptureLabels(try pair.text("labels")))
    let (responses, named) = (run.responses, labels.namedFrames)
    for line in labels.lines {
      let matching = responses.filter { event in
        line.frames?.contains(event.frame) ?? (!named.contains(event.frame) && answers(event, line))
      }
      #expect(line.frames.map { $0.count == matching.count } ?? !matching.isEmpty, "line \(line.number)")
      for event in matching {
        let verdict = event.verdict
        #expect(
          verdict.security.word == line.word, "line \(line.number), frame \(event.frame): \(verdict.reason)")
        guard let ede = line.ede else { continue }
        #expect(verdict.ede == ede, "line \(line.number), frame \(event.frame): \(verdict.reason)")
      }
    }
  }

  @Test(
    "forged answers are bogus or stand in a conflict, and benign repetitions in none",
    arguments: CapturePair.all)
  func conflicts(_ pair: CapturePair) throws {
    let (run, labels) = (try AuditedCaptures.run(pair), try CaptureLabels(try pair.text("labels")))
    let words = run.words, conflicts = run.findings.filter { $0.rule == .conflictingAnswer }
    let inConflict = Set(conflicts.flatMap(\.frames))
    for frame in labels.forged {
      #expect(words[frame] == .bogus || inConflict.contains(frame), "forged frame \(frame)")
    }
    #expect(inConflict.isDisjoint(with: labels.benign))
    let accused = Set(conflicts.flatMap { AuditedCaptures.numbers("forged_frames", in: $0) })
    #expect(accused.isSubset(of: labels.forged.union(labels.poisoned)), "\(accused)")
    if labels.forged.isEmpty { #expect(conflicts.isEmpty) }
  }

  @Test(
    "every forged answer is in an incident, and every answer that passes forged data on is told",
    arguments: CapturePair.all)
  func incidents(_ pair: CapturePair) throws {
    let (run, labels) = (try AuditedCaptures.run(pair), try CaptureLabels(try pair.text("labels")))
    let accused = Set(run.incidents.flatMap { $0.forged.map(\.number) })
    let served = Set(run.incidents.flatMap { $0.served.map(\.number) })
    #expect(labels.forged.subtracting(accused).sorted() == [], "forged and not accused")
    #expect(accused.isSubset(of: labels.forged.union(labels.poisoned)), "\(accused)")
    #expect(served == labels.poisoned.subtracting(accused))
    #expect(run.incidents.filter { $0.succeeded == true }.isEmpty == labels.poisoned.isEmpty)
    if labels.forged.isEmpty { #expect(run.incidents.map(\.summary) == []) }
  }

  @Test(
    "a finding of medium severity or above is about answers that are bogus or forged alone",
    arguments: CapturePair.all)
  func severe(_ pair: CapturePair) throws {
    let (run, labels) = (try AuditedCaptures.run(pair), try CaptureLabels(try pair.text("labels")))
    let words = run.words, known = labels.forged.union(labels.poisoned)
    for finding in run.findings where finding.severity >= .medium {
      let listed = AuditedCaptures.numbers("forged_frames", in: finding)
      for frame in listed.isEmpty ? finding.frames : listed {
        #expect(words[frame] == .bogus || known.contains(frame), "\(finding.rule.rawValue), frame \(frame)")
      }
    }
  }

  @Test("no form of the honest exchange has an incident", arguments: CaptureVariant.all)
  func variants(_ variant: CaptureVariant) throws {
    let run = try AuditRun(paths: variant.paths, anchors: try CaptureVariant.plain.text("anchors"))
    #expect(run.incidents.map(\.summary) == [])
  }

  /// Whether a response is one that a line without frames speaks of.
  private func answers(_ event: ResponseEvent, _ line: CaptureLabels.Line) -> Bool {
    guard let question = event.question, question.name == line.name, question.type == line.type else {
      return false
    }
    guard event.dnssecOK == true, !event.flags.tc, !isReferral(event) else { return false }
    return event.rcode == .noError || event.rcode == .nxDomain
  }

  /// No answer, no SOA, and NS in authority.
  private func isReferral(_ event: ResponseEvent) -> Bool {
    !event.rrsets.contains { $0.section == .answer || $0.type == .soa }
      && event.rrsets.contains { $0.section == .authority && $0.type == .ns }
  }
}
