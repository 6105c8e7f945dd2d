import Foundation
import TestSupport
import Testing

/// The page as a browser shows it.
@Suite("Page in a browser", .serialized) struct BrowserTests {
  @Test(
    "a browser shows summary, findings and zones, and runs and loads nothing",
    .requiresPrograms("chromium", for: "the page in a browser"), arguments: [Sample.broken, Sample.spoofed])
  func page(sample: Sample) throws {
    let folder = try TemporaryFolder(), page = folder.url.appending(path: "page.html")
    #expect(try sample.audit("--report", page.path()).status == 1)
    let dump = try open(page, profile: folder.url.appending(path: "profile"))
    let findings = try sample.audit("--json").events("finding")
    #expect(dump.contains("bogus"))
    for zone in try sample.audit("--json").events("zone").compactMap({ $0["zone"] as? String }) {
      #expect(dump.contains(zone))
    }
    for id in findings.compactMap({ $0["id"] as? String }) { #expect(dump.contains(">\(id)<"), "\(id)") }
    for element in ["<script", "src=\"http", "href=\"http", "@import", "<iframe"] {
      #expect(!dump.contains(element), "\(element)")
    }
  }

  /// The document as Chromium sees it.
  private func open(_ page: URL, profile: URL) throws -> String {
    let chromium = try #require(Environment.program("chromium"))
    let outcome = try run(
      chromium,
      [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--user-data-dir=\(profile.path())", "--dump-dom", page.absoluteString,
      ])
    #expect(outcome.status == 0)
    return outcome.text
  }
}
