import Findings
import Foundation
import Mustache
import TestSupport
import Testing

@testable import Reports

@Suite("The page and hostile text") struct HostilePageTests {
  /// The page whose every string is hostile.
  private func page() throws -> String { try written(Sample.hostileEvents) { HTMLReport($0) } }

  /// The elements of a page in order, `/name` for an end.
  private func elements(_ page: String) -> [String] {
    page.matches(of: #/<(\/?[a-zA-Z!][a-zA-Z0-9]*)/#).map { String($0.1) }
  }

  @Test("hostile text makes no element, ends no attribute and hides no character")
  func escaped() throws {
    let page = try page()
    #expect(Set(elements(page)).isDisjoint(with: ["script", "/script", "img", "iframe", "a onclick"]))
    #expect(page.utf8.allSatisfy { $0 == 0x0a || (0x20...0x7e).contains($0) })
    #expect(
      page.contains("&lt;script&gt;alert(1)&lt;/script&gt; \\u{1B}[31m \\u{202E} \\u{600}&lt;img src=x "))
    #expect(!page.contains("<img"))
    let attributes = page.matches(of: #/<[^<>]*?\s([a-z-]+)="/#).map { String($0.1) }
    #expect(Set(attributes).allSatisfy { !$0.hasPrefix("on") && $0 != "src" })
  }

  @Test("hostile text leaves the elements of the page as harmless text leaves them")
  func sameElements() throws {
    let tame = Sample.hostileEvents.map { event in
      guard case .finding(var finding) = event else { return event }
      finding.summary = "harmless"
      finding.references = ["harmless"]
      finding.evidence = finding.evidence.map { ($0.name, .text("harmless")) }
      return AuditEvent.finding(finding)
    }
    #expect(elements(try page()) == elements(try written(tame) { HTMLReport($0) }))
  }

  @Test("the page forbids scripts and everything from outside, and asks for nothing")
  func policy() throws {
    let page = try page()
    #expect(
      page.contains(
        "content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\""))
    for part in ["http:", "https:", "src=", "@import", "url(", "<script", "<link", "javascript:"] {
      #expect(!page.replacing("src=x", with: "").contains(part), "\(part)")
    }
    #expect(page.matches(of: #/href="([^"]*)"/#).allSatisfy { $0.1.hasPrefix("#") })
  }

  @Test("the templates name nothing that the page does not have, and nothing is put in unescaped")
  func variables() throws {
    let known = labels(of: Page(fullContents)).union(["."])
    let bytes =
      PackageResources.report_mustache + PackageResources.incidents_mustache
      + PackageResources.findings_mustache
      + PackageResources.zones_mustache
      + PackageResources.custody_mustache + PackageResources.style_css
    let template = String(decoding: bytes, as: UTF8.self)
    #expect(!template.contains("{{{"))
    let tags = template.matches(of: #/\{\{([#^/&>]?)\s*([^}]*)\}\}/#)
    #expect(tags.count > 100)
    for tag in tags where tag.1 != ">" {
      #expect(tag.1 != "&")
      #expect(known.contains(String(tag.2)), "\(tag.0)")
    }
  }

  /// Contents with at least one of everything.
  private var fullContents: Contents {
    var contents = Contents(findingLimit: 9, zoneLimit: 9)
    for event in Sample.events + [.summary(Sample.hostileSummary)] { contents.add(event) }
    return contents
  }

  /// The names of all stored properties of a value and of what it holds.
  private func labels(of value: Any) -> Set<String> {
    var found: Set<String> = []
    for child in Mirror(reflecting: value).children {
      if let label = child.label { found.insert(label) }
      found.formUnion(labels(of: child.value))
    }
    return found
  }

  @Test("headless Chromium shows the page", .requiresPrograms("chromium", for: "the page in Chromium"))
  func chromium() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(try page(), to: "page.html")
    let chromium = try #require(Environment.program("chromium"))
    let outcome = try run(
      chromium,
      [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--dump-dom",
        "--user-data-dir=\(folder.url.appending(path: "profile").path())", "file://\(file.path())",
      ])
    #expect(outcome.status == 0, "\(outcome.errorText)")
    #expect(elements(outcome.text).filter { $0 == "article" }.count == 2)
    #expect(Set(elements(outcome.text)).isDisjoint(with: ["script", "img"]))
    #expect(outcome.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
  }
}
