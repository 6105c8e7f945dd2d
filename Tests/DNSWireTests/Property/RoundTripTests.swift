import Bytes
import DNSWire
import TestSupport
import Testing

/// Decode, encode, decode again is equal.
@Suite struct RoundTripTests {
  /// What is decoded of a message.
  private func decoded(_ bytes: [UInt8]) throws -> MessageModel { MessageModel(try MessageView(bytes.span)) }

  /// The texts of all RDATA of a message.
  private func texts(_ bytes: [UInt8]) throws -> [String] {
    var cursor = try MessageView(bytes.span).makeCursor(), texts: [String] = []
    while let record = try cursor.nextRecord() {
      var text: [UInt8] = []
      RDataView(bytes.span, record).appendText(to: &text)
      texts.append(String(decoding: text, as: UTF8.self))
    }
    return texts
  }

  @Test("random messages of all types are decoded as they were made, compressed and not")
  func random() throws {
    var source = RandomRData(seed: 0x5eed_0301), seen = Set<UInt16>(), saved = 0
    for _ in 0..<600 {
      let model = source.message(records: 12)
      seen.formUnion(model.records.map(\.type))
      let plain = model.encoded(compressing: false), compressed = model.encoded(compressing: true)
      #expect(try decoded(plain) == model)
      #expect(try decoded(compressed) == model)
      #expect(try texts(plain) == texts(compressed))
      saved += plain.count - compressed.count
    }
    #expect(seen.isSuperset(of: RandomRData.types) && saved > 10_000)
  }

  @Test(
    "every message of a capture is decoded, encoded and decoded again to the same", arguments: CapturePair.all
  )
  func captured(_ pair: CapturePair) throws {
    let messages = try pair.messages()
    #expect(!messages.isEmpty)
    for bytes in messages {
      let model = try decoded(bytes)
      #expect(try decoded(model.encoded(compressing: true)) == model)
      #expect(try decoded(model.encoded(compressing: false)) == model)
    }
  }

  @Test("what stands before the fault of a damaged message goes round too")
  func damaged() throws {
    var source = RandomRData(seed: 0x5eed_0302), kept = 0
    for _ in 0..<600 {
      var bytes = source.message(records: 9, longest: 300).encoded(compressing: true)
      for _ in 0..<3 {
        bytes[Int.random(in: 12...max(12, bytes.count - 1), using: &source.random) % bytes.count] =
          .random(in: 0...255, using: &source.random)
      }
      let model = try decoded(bytes)
      kept += model.records.count
      #expect(try decoded(model.encoded(compressing: true)) == model)
    }
    #expect(kept > 500)
  }
}
