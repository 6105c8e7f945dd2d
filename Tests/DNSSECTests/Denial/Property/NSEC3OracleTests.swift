import DNSSEC
import DNSWire
import Testing

/// NSEC3 chains of random zones against what the zones truly hold.
@Suite struct NSEC3OracleTests {
  static let types: [RecordType] = [.a, .mx, .ds, .ns, .cname]

  @Test("a whole NSEC3 chain proves what is true of a zone and nothing else", arguments: 1...UInt64(8))
  func wholeChain(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed), prover = DenialProver()
    let model = ZoneModel.random(&random, apex: try dname("z.test."))
    let signed = try NSEC3Zone(model, optOut: false)
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
    }
  }

  @Test("with opt-out nothing about a name without an NSEC3 is more than insecure", arguments: 1...UInt64(8))
  func optOutChain(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed), prover = DenialProver()
    let model = ZoneModel.random(&random, apex: try dname("z.test."))
    let signed = try NSEC3Zone(model, optOut: true)
    for name in model.questions where !model.isHidden(name) {
      let nameError = prover.proveNameError(name: name, evidence: signed.all)
      #expect(nameError != .proven, "\(name)")
      if model.truth(name, .a) == .nameError { #expect(nameError == .insecure(.optOut), "\(name)") }
      for type in [RecordType.a, .mx, .ds] {
        let truth = model.truth(name, type),
          noData = prover.proveNoData(name: name, type: type, evidence: signed.all)
        guard [.noData, .wildcardNoData].contains(truth), !(type == .ds && name == model.apex) else {
          #expect(noData != .proven, "\(name) \(type)")
          continue
        }
        #expect(
          noData == (signed.names.contains(name) ? .proven : .insecure(.optOut)), "\(name) \(type) \(noData)")
      }
      let noDS = prover.proveNoDS(cut: name, evidence: signed.all).kind
      #expect(noDS == (signed.names.contains(name) ? expectedDS(name, model) : "optOut"), "\(name)")
    }
  }

  @Test(
    "the records that a server picks are enough, and without any of them the proof is missing",
    arguments: 1...UInt64(8), [false, true])
  func neededRecords(seed: UInt64, optOut: Bool) throws {
    var random = SeededGenerator(seed: seed), prover = DenialProver()
    let model = ZoneModel.random(&random, apex: try dname("z.test."))
    let signed = try NSEC3Zone(model, optOut: optOut)
    for name in model.questions {
      let truth = model.truth(name, .mx), needed = signed.needed(name, truth)
      let evidence = DenialEvidence(zone: model.apex, nsec3: needed)
      guard let outcome = prover.judge(name, .mx, truth, evidence, model) else { continue }
      #expect(
        outcome == (optOut && !signed.names.contains(name) ? .insecure(.optOut) : .proven), "\(name) \(truth)"
      )
      for left in needed.indices {
        var fewer = evidence
        fewer.nsec3.remove(at: left)
        let without = prover.judge(name, .mx, truth, fewer, model)
        // With opt-out the match or cover of the wildcard adds nothing to a NODATA (RFC 5155 §8.6, erratum 3441).
        if optOut, truth == .wildcardNoData, without == .insecure(.optOut) { continue }
        #expect(without?.missingSentence != nil, "\(name) \(truth) without \(left)")
      }
    }
  }

  @Test("no part of a chain proves what is false", arguments: 1...UInt64(6), [false, true])
  func partsAreSound(seed: UInt64, optOut: Bool) throws {
    var random = SeededGenerator(seed: seed), prover = DenialProver()
    let model = ZoneModel.random(&random, apex: try dname("z.test."))
    let signed = try NSEC3Zone(model, optOut: optOut)
    for name in model.questions {
      var evidence = signed.all
      evidence.nsec3 = signed.chain.filter { _ in Bool.random(using: &random) }
      if prover.proveNameError(name: name, evidence: evidence) == .proven {
        #expect(model.truth(name, .a) == .nameError, "\(name)")
      }
      for type in Self.types where prover.proveNoData(name: name, type: type, evidence: evidence) == .proven {
        #expect([.noData, .wildcardNoData].contains(model.truth(name, type)), "\(name) \(type)")
      }
      let noDS = prover.proveNoDS(cut: name, evidence: evidence).kind
      #expect(["notProven", "optOut", expectedDS(name, model)].contains(noDS), "\(name) \(noDS)")
    }
  }
}
