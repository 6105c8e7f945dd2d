import TestSupport
import Testing

@Suite("Exit status") struct ExitStatusTests {
  @Test(
    "0 for what is below --fail-on, 1 for what reaches it or is bogus",
    arguments: [
      ("clean", "medium", 0), ("clean", "low", 1), ("clean", "info", 1), ("clean", "none", 0),
      ("names", "info", 0), ("broken", "medium", 1), ("broken", "critical", 1), ("broken", "none", 0),
      ("spoofed", "high", 1), ("spoofed", "none", 0), ("insecure", "medium", 0), ("insecure", "info", 1),
    ])
  func threshold(name: String, severity: String, status: Int32) throws {
    let outcome = try Sample(name: name).audit("--fail-on", severity)
    #expect(outcome.status == status)
    #expect(outcome.errorText == "")
  }

  @Test("medium is what --fail-on starts from")
  func defaultThreshold() throws {
    let explicit = try Sample.spoofed.audit(
      "--json", "--fail-on", "medium", environment: ["SOURCE_DATE_EPOCH": "1"])
    let implied = try Sample.spoofed.audit("--json", environment: ["SOURCE_DATE_EPOCH": "1"])
    #expect(explicit.output == implied.output)
    #expect(implied.status == 1)
  }

  @Test("the output does not depend on the threshold's outcome, and the words agree with it")
  func words() throws {
    let outcome = try Sample.broken.audit("--json")
    let responses = try outcome.events("response")
    #expect(outcome.status == 1)
    #expect(responses.count == 372)
    #expect(responses.contains { $0["security"] as? String == "bogus" })
  }

  @Test("decode finds nothing: its status is 0 also for what audit calls bogus")
  func decode() throws {
    let outcome = try dnsaudit("decode", "-q", Sample.broken.path)
    #expect(outcome.status == 0)
    #expect(outcome.text.hasPrefix("744 packets, 744 messages, "))
    #expect(outcome.text.hasSuffix(" records, 0 malformed\n"))
  }
}
