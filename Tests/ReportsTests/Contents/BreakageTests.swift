import Findings
import Foundation
import TestSupport
import Testing

@testable import Reports

@Suite("What would break") struct BreakageTests {
  /// Events of an audit in which something would.
  private var events: [AuditEvent] {
    var summary = Sample.summary
    summary.wouldBreak = Sample.wouldBreak(Sample.name("www.broken.org."), "the RRSIG expired")
    return [.run(Sample.run), .capture(Sample.capture), .summary(summary)]
  }

  @Test("the text names each with its clients, its reason, and whether it is proven elsewhere")
  func text() throws {
    let text = try written(events) { TextSummary($0, options: TextOptions()) }
    #expect(
      text.contains(
        """
        What would break if validation were on
          1,007 bogus answers about 3 names reached clients through resolvers that do
          not validate
          - www.broken.org. A: 1,004 answers to 192.0.2.1, 2001:db8::1 and 5 more
            from frame 31 on: the RRSIG expired
          - www.broken.org. MX: 2 answers to 192.0.2.1
            from frame 40 on: the RRSIG expired; frame 12 has a secure answer, so that
            nothing would break
          and 1 more (--format jsonl has more)
        """), "\(text)")
  }

  @Test("the page has a table of them, and neither has anything where nothing would break")
  func page() throws {
    let page = try written(events) { HTMLReport($0) }
    #expect(page.contains(#"<th scope="row" class="mono">www.broken.org. A</th><td>1,004 answers to"#))
    #expect(page.contains(##"<a href="#breakage">"##))
    for calm in [
      try written(Sample.events) { HTMLReport($0) },
      try written(Sample.events) { TextSummary($0, options: TextOptions()) },
    ] { #expect(!calm.contains("would break")) }
  }

  @Test("JSON lines have the counts, the names, their clients and frames")
  func lines() throws {
    let text = try written(events) { JSONLines($0) }
    let line = try #require(text.split(separator: "\n").last)
    let summary = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(summary["would_break_names"] as? Int == 3 && summary["would_break_responses"] as? Int == 1_007)
    let names = try #require(summary["would_break"] as? [[String: Any]])
    #expect(names.map { $0["type"] as? String } == ["A", "MX"])
    #expect(names.first?["clients"] as? [String] == ["192.0.2.1", "2001:db8::1"])
    #expect(names.last?["secure_frame"] as? Int == 12 && names.last?["file"] as? Int == 1)
    #expect(names.first?["ede"] as? Int == 7 && names.first?["client_count"] as? Int == 7)
    let outcome = try EventSchema.validate(text.utf8)
    #expect(outcome.status == 0, "\(outcome.errorText)")
  }
}
