import DNSSEC
import DNSWire
import Testing

/// NSEC chains of random zones against what the zones truly hold.
@Suite struct NSECOracleTests {
  static let types: [RecordType] = [.a, .mx, .ds, .ns, .cname]

  @Test("a whole NSEC chain proves what is true of a zone and nothing else", arguments: 1...UInt64(12))
  func wholeChain(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed), prover = DenialProver()
    let model = ZoneModel.random(&random, apex: try dname("z.test.")), signed = try NSECZone(model)
    for name in model.questions {
      let nameError = prover.proveNameError(name: name, evidence: signed.all)
      #expect((nameError == .proven) == (model.truth(name, .a) == .nameError), "\(name) \(nameError)")
      for type in Self.types {
        let truth = model.truth(name, type),
          noData = prover.proveNoData(name: name, type: type, evidence: signed.all)
        // At the apex DS is the parent's to deny.
        let expected = [.noData, .wildcardNoData].contains(truth) && !(type == .ds && name == model.apex)
        #expect((noData == .proven) == expected, "\(name) \(type) \(truth) \(noData)")
        if truth == .nameError { #expect(noData.contradiction != nil, "\(name) \(noData)") }
      }
      #expect(prover.proveNoDS(cut: name, evidence: signed.all).kind == expectedDS(name, model), "\(name)")
      expectExpansions(of: name, model, signed.all, &prover)
    }
  }

  @Test(
    "the records that a server picks are enough, and without any of them the proof is missing",
    arguments: 1...UInt64(12))
  func neededRecords(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed), prover = DenialProver()
    let model = ZoneModel.random(&random, apex: try dname("z.test.")), signed = try NSECZone(model)
    for name in model.questions {
      for type in [RecordType.a, .mx] {
        let truth = model.truth(name, type), needed = signed.needed(name, truth)
        let evidence = DenialEvidence(zone: model.apex, nsec: needed)
        guard let outcome = prover.judge(name, type, truth, evidence, model) else { continue }
        #expect(outcome == .proven, "\(name) \(type) \(truth)")
        for left in needed.indices {
          var fewer = evidence
          fewer.nsec.remove(at: left)
          let outcome = prover.judge(name, type, truth, fewer, model)
          #expect(outcome?.missingSentence != nil, "\(name) \(type) \(truth) without \(needed[left].owner)")
        }
      }
    }
  }

  @Test("no part of a chain proves what is false", arguments: 1...UInt64(6))
  func partsAreSound(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed), prover = DenialProver()
    let model = ZoneModel.random(&random, apex: try dname("z.test.")), signed = try NSECZone(model)
    for name in model.questions {
      var evidence = signed.all
      evidence.nsec = signed.chain.filter { _ in Bool.random(using: &random) }
      if prover.proveNameError(name: name, evidence: evidence) == .proven {
        #expect(model.truth(name, .a) == .nameError, "\(name)")
      }
      for type in Self.types where prover.proveNoData(name: name, type: type, evidence: evidence) == .proven {
        #expect([.noData, .wildcardNoData].contains(model.truth(name, type)), "\(name) \(type)")
      }
      let noDS = prover.proveNoDS(cut: name, evidence: evidence).kind
      #expect(noDS == "notProven" || noDS == expectedDS(name, model), "\(name)")
    }
  }

  /// Only the true closest encloser can have been the wildcard's parent.
  private func expectExpansions(
    of name: Name, _ model: ZoneModel, _ evidence: DenialEvidence, _ prover: inout DenialProver
  ) {
    for labels in model.apex.labelCount..<max(name.labelCount, model.apex.labelCount) {
      guard !(name.isWildcard && labels == name.labelCount - 1) else { continue }
      let outcome = prover.proveWildcardExpansion(name: name, sourceLabels: UInt8(labels), evidence: evidence)
      let expected =
        !model.exists(name) && !model.isHidden(name) && model.closestEncloser(of: name).labelCount == labels
      #expect((outcome == .proven) == expected, "\(name) from \(labels) labels: \(outcome)")
    }
  }
}

/// What a zone without opt-out says of DS at a name.
func expectedDS(_ name: Name, _ model: ZoneModel) -> String {
  if model.isHidden(name) { return "notProven" }
  if name == model.apex { return "childSide" }
  guard let types = model.owners[name] else {
    return model.exists(name) ? "emptyNonTerminal" : "doesNotExist"
  }
  if types.contains(.ds) { return "hasDS" }
  return types.contains(.ns) ? "insecureDelegation" : "existsWithoutNS"
}

extension DSDenialOutcome {
  /// The case without its sentence.
  var kind: String {
    switch self {
    case .insecureDelegation: "insecureDelegation"
    case .optOut: "optOut"
    case .notACut(let reason): "\(reason)"
    case .iterations: "iterations"
    case .hasDS: "hasDS"
    case .childSide: "childSide"
    case .notProven: "notProven"
    }
  }
}

extension DenialProver {
  /// Asks for the proof that a truth calls for; nil where nothing is to be denied.
  mutating func judge(
    _ name: Name, _ type: RecordType, _ truth: ZoneModel.Truth, _ evidence: DenialEvidence, _ model: ZoneModel
  ) -> DenialOutcome? {
    switch truth {
    case .nameError: proveNameError(name: name, evidence: evidence)
    case .noData, .wildcardNoData: proveNoData(name: name, type: type, evidence: evidence)
    case .wildcardAnswer:
      proveWildcardExpansion(
        name: name, sourceLabels: UInt8(model.closestEncloser(of: name).labelCount), evidence: evidence)
    case .answer, .elsewhere: nil
    }
  }
}
