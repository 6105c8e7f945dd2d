import Bytes
import DNSSEC
import DNSWire
import Findings
import Findings
import Testing
import TestSupport

/// Changes that must take the word *secure* away, and take it from nothing else.
@Suite struct NegativeControlTests {
  @Test(
    "one changed bit takes `secure` from each of 500 answers, and from no other",
    arguments: [4033, 4034, 4035])
  func changedBits(_ seed: UInt64) throws {
    let world = try ControlWorld.shared.get()
    let before = try AuditRun([world.capture.file()], anchors: world.anchor).words
    var capture = world.capture, random = SeededRandom(seed: seed), flips: [Int: BitFlip] = [:]
    for (turn, index) in world.signedPositive.shuffled(using: &random).prefix(500).enumerated() {
      let field = BitFlip.Field.allCases[turn % BitFlip.Field.allCases.count]
      let flip = try #require(BitFlip(index, in: world.capture, field: field, using: &random))
      flip.apply(to: &capture)
      flips[ZoneCapture.responseFrame(index)] = flip
    }
    #expect(flips.count == 500)
    let run = try AuditRun([capture.file()], anchors: world.anchor)
    #expect(run.responses.count == world.capture.exchanges.count)
    for event in run.responses {
      if let flip = flips[event.frame] {
        expectLost(event, flip, capture)
      } else {
        #expect(
          event.verdict.security == before[event.frame],
          "\(seed) frame \(event.frame): \(event.verdict.reason)")
      }
    }
  }

  @Test("one changed bit in a denial leaves nothing proven", arguments: [5155, 6840])
  func changedDenials(_ seed: UInt64) throws {
    let world = try ControlWorld.shared.get()
    var capture = world.capture, random = SeededRandom(seed: seed), flips: [Int: BitFlip] = [:]
    for (index, exchange) in capture.exchanges.enumerated()
    where [.wildcard, .noData, .wildcardNoData, .nxDomain].contains(exchange.answer.kind)
      && !ControlWorld.isInsecure(exchange.zone)
    {
      let places = exchange.response.places, denials = places.filter { $0.type == .nsec || $0.type == .nsec3 }
      guard !denials.isEmpty else { continue }
      let flip = try #require(BitFlip(index, in: capture, field: .rdata, of: denials, using: &random))
      flip.apply(to: &capture)
      flips[ZoneCapture.responseFrame(index)] = flip
    }
    #expect(flips.count > 60)
    let responses = try AuditRun([capture.file()], anchors: world.anchor).responses
    for event in responses where flips[event.frame] != nil {
      let flip = try #require(flips[event.frame])
      #expect(event.verdict.security > .insecure, "\(flip): \(event.verdict.reason)")
    }
  }

  @Test("an anchor with another digest leaves nothing secure")
  func wrongDigest() throws {
    let world = try ControlWorld.shared.get()
    let run = try AuditRun([world.capture.file()], anchors: world.wrongAnchor)
    #expect(!run.responses.isEmpty)
    #expect(run.words.values.allSatisfy { $0 != .secure })
  }

  @Test("with an anchor for a zone that is not in the capture everything is indeterminate")
  func noAnchor() throws {
    let world = try ControlWorld.shared.get()
    let run = try AuditRun([world.capture.file()], anchors: world.strangeAnchor)
    #expect(!run.responses.isEmpty)
    #expect(run.words.values.allSatisfy { $0 == .indeterminate })
  }

  @Test("with an anchor for an island that zone alone is secure, and the rest indeterminate")
  func islandAnchor() throws {
    let world = try ControlWorld.shared.get()
    let run = try AuditRun([world.capture.file()], anchors: world.islandAnchor)
    for event in run.responses {
      let isIsland = world.capture.exchanges[event.frame / 2 - 1].zone == domainName("island.hashed.")
      #expect(event.verdict.security == (isIsland ? .secure : .indeterminate), "frame \(event.frame)")
    }
  }

  @Test("at a time after every expiration nothing is secure")
  func expired() throws {
    let world = try ControlWorld.shared.get()
    let run = try AuditRun([world.capture.file()], anchors: world.anchor) {
      $0.at = Timestamp(seconds: Int64(ControlWorld.period.expiration) + 1)
    }
    #expect(!run.responses.isEmpty)
    #expect(run.words.values.allSatisfy { $0 != .secure })
  }

  @Test("at the very last second of the signatures everything keeps its word")
  func lastSecond() throws {
    let world = try ControlWorld.shared.get()
    let file = world.capture.file()
    let before = try AuditRun([file], anchors: world.anchor).words
    let run = try AuditRun([file], anchors: world.anchor) {
      $0.at = Timestamp(seconds: Int64(ControlWorld.period.expiration))
    }
    #expect(run.words == before)
  }

  /// The word that a changed answer must have: bogus where data or owner can still be read and are others.
  private func expectLost(_ event: ResponseEvent, _ flip: BitFlip, _ capture: ZoneCapture) {
    let bytes = capture.exchanges[flip.exchange].response.bytes
    if (flip.field == .rdata || flip.field == .owner) && isDecodable(bytes) {
      #expect(event.verdict.security == .bogus, "\(flip): \(event.verdict.reason)")
    } else {
      #expect(event.verdict.security != .secure, "\(flip): \(event.verdict.reason)")
    }
  }

  /// Whether a message and the names in its RDATA can be read to the end.
  private func isDecodable(_ bytes: [UInt8]) -> Bool {
    guard let view = try? MessageView(bytes.span) else { return false }
    var cursor = view.makeCursor()
    do throws(DecodingError) {
      while let record = try cursor.nextRecord() {
        var canonical: [UInt8] = []
        try RDataView(bytes.span, record).appendCanonical(to: &canonical)
      }
      return true
    } catch {
      return false
    }
  }
}
