import Foundation
import TestSupport
import Testing

/// Equal input gives equal bytes, however many cores work on it.
@Suite struct SameBytesTests {
  @Test(
    "one job, two jobs and a second run write the same bytes", arguments: CapturePair.all, ["text", "jsonl"])
  func runs(_ pair: CapturePair, _ format: String) throws {
    let first = try audit(pair, format, jobs: 1)
    #expect(first.output.count > 200)
    #expect(first.output == (try audit(pair, format, jobs: 2)).output)
    #expect(first.output == (try audit(pair, format, jobs: 1)).output)
  }

  @Test("the time of the output comes from SOURCE_DATE_EPOCH and stands in its first line alone")
  func epoch() throws {
    let pair = try #require(CapturePair.all.first)
    let (one, other) = (
      try audit(pair, "jsonl", jobs: 2).text, try audit(pair, "jsonl", jobs: 2, epoch: "86400").text
    )
    let (a, b) = (one.split(separator: "\n"), other.split(separator: "\n"))
    #expect(a.first != b.first)
    #expect(a.dropFirst() == b.dropFirst())
    #expect(b.first?.contains("1970-01-02T00:00:00") ?? false)
  }

  /// Runs the command on a capture.
  private func audit(_ pair: CapturePair, _ format: String, jobs: Int, epoch: String = "0") throws -> Outcome
  {
    let outcome = try dnsaudit(
      "audit", "--format", format, "-j", "\(jobs)", "--no-color", "--trust-anchor",
      pair.file("anchors").path(),
      pair.file("pcap").path(), environment: ["SOURCE_DATE_EPOCH": epoch])
    #expect(outcome.status == 0 || outcome.status == 1, "\(outcome.errorText)")
    return outcome
  }
}
