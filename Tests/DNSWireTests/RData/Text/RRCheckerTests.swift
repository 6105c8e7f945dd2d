import Bytes
import DNSWire
import Foundation
import TestSupport
import Testing

/// BIND's `named-rrchecker -u` reads the text of RDATA and prints its uncompressed wire form.
@Suite struct RRCheckerTests {
  /// The types that BIND 9.18 has no text for: TKEY and TSIG are of messages, CLA and IPN are younger.
  private static let unknown: Set<UInt16> = [249, 250, 263, 264]

  /// RDATA with the text that it is shown as.
  private struct Sample: Hashable {
    let type: UInt16, rdata: [UInt8], text: String

    /// As a zone file has it.
    var line: String { "IN \(RecordType(rawValue: type).mnemonic) \(text)" }
    /// What named-rrchecker has to print.
    var expected: String {
      let octets = rdata.isEmpty ? "" : " " + Hex.encode(rdata)
      return "CLASS1\tTYPE\(type)\t\\# \(rdata.count)\(octets)"
    }
  }

  /// The text of RDATA that stands alone.
  private func sample(_ type: UInt16, _ rdata: [UInt8]) -> Sample {
    var text: [UInt8] = []
    RDataView(uncompressed: rdata.span, type: RecordType(rawValue: type), recordClass: .in).appendText(
      to: &text)
    return Sample(type: type, rdata: rdata, text: String(decoding: text, as: UTF8.self))
  }

  /// Gives every line to a run of named-rrchecker: it reads one record.
  private func check(_ samples: [Sample]) throws {
    let lines = samples.map(\.line).joined(separator: "\n") + "\n"
    let loop = #"while IFS= read -r line; do printf '%s\n' "$line" | named-rrchecker -u 2>&1 || echo; done"#
    let outcome = try run(URL(filePath: "/bin/sh"), ["-c", loop], input: Data(lines.utf8))
    let printed = outcome.text.split(separator: "\n", omittingEmptySubsequences: false)
    var position = 0
    for sample in samples {
      let line = position < printed.count ? String(printed[position]) : "nothing"
      #expect(line == sample.expected, "\(sample.line)")
      // A record that is refused is answered by complaints and an empty line.
      while position < printed.count, !printed[position].hasPrefix("CLASS"), !printed[position].isEmpty {
        position += 1
      }
      position += 1
    }
    #expect(outcome.status == 0)
  }

  @Test(
    "random RDATA of every type has a text that BIND reads as the same octets",
    .requiresPrograms("named-rrchecker", for: "RDATA against BIND"))
  func random() throws {
    var source = RandomRData(seed: 0x5eed_0306)
    let samples = RandomRData.types.filter { !RRCheckerTests.unknown.contains($0) }.flatMap { type in
      (0..<5).map { _ in sample(type, source.rdata(of: type)) }
    }
    #expect(samples.count > 400 && !samples.contains { $0.text.hasPrefix("\\#") })
    try check(samples)
  }

  @Test(
    "every record of the capture of all types has a text that BIND reads as the same octets",
    .requiresPrograms("named-rrchecker", for: "records of a capture against BIND"))
  func captured() throws {
    var samples = Set<Sample>()
    for bytes in try CapturePair(name: "types").messages() {
      for record in MessageModel(try MessageView(bytes.span)).records
      where record.recordClass == 1 && !RRCheckerTests.unknown.contains(record.type) {
        samples.insert(sample(record.type, record.rdata))
      }
    }
    #expect(Set(samples.map(\.type)).count >= 80)
    try check(samples.sorted { ($0.type, $0.text) < ($1.type, $1.text) })
  }
}
