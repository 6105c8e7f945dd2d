import Bytes
import Testing

@testable import Findings

/// Packets of one finding.
@Suite struct FindingDraftTests {
  /// A packet to a client.
  private func packet(_ frame: Int, to client: UInt32, number: UInt32 = JudgedPacket.noNumber) -> JudgedPacket
  {
    JudgedPacket(
      kind: 0, frame: frame, time: Timestamp(seconds: Int64(frame)), client: IPAddress(v4: client),
      clientNumber: number)
  }

  @Test("clients are listed once each in order of first sight, with numbers and without")
  func clients() {
    var numbered = FindingDraft(), plain = FindingDraft()
    for frame in 0..<400 {
      let client = UInt32(frame * frame % 37)
      numbered.add(packet(frame, to: client, number: client))
      plain.add(packet(frame, to: client))
    }
    #expect(numbered.clients == plain.clients && Set(plain.clients).count == plain.clients.count)
    #expect(plain.clients.count == 19 && numbered.count == 400)
  }

  @Test("when a part of the run has ended, a number stands for another client")
  func parts() {
    var draft = FindingDraft()
    draft.add(packet(1, to: 7, number: 0))
    draft.add(packet(2, to: 7, number: 0))
    draft.forgetNumbers()
    draft.add(packet(3, to: 8, number: 0))
    #expect(draft.clients == [IPAddress(v4: 7), IPAddress(v4: 8)])
  }

  @Test("the first thousand frames are listed, and all are counted")
  func frames() {
    var draft = FindingDraft()
    for frame in 1...1_200 { draft.add(packet(frame, to: 1)) }
    #expect(draft.frames == Array(1...1_000) && draft.count == 1_200)
    #expect(draft.firstFrame == 1 && draft.lastFrame == 1_200 && draft.lastTime == Timestamp(seconds: 1_200))
  }
}
