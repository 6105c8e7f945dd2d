import Findings
import Mustache

/// The templates that are built into the program.
///
/// Two things keep hostile text harmless: the templates escape (no `{{{` and no `{{&` in them), and every value is
/// `Printable`. The library's escaping alone would miss a `<` behind a prepended mark such as U+0600, because it
/// looks at grapheme clusters.
struct PageTemplates {
  /// The parsed templates.
  private let library: MustacheLibrary

  /// Parses them.
  static func shared() throws(OutputError) -> PageTemplates {
    let parts = [
      ("report", PackageResources.report_mustache), ("incidents", PackageResources.incidents_mustache),
      ("findings", PackageResources.findings_mustache),
      ("zones", PackageResources.zones_mustache), ("custody", PackageResources.custody_mustache),
      ("style", PackageResources.style_css),
    ]
    var library = MustacheLibrary()
    for (name, bytes) in parts {
      do {
        try library.register(String(decoding: bytes, as: UTF8.self), named: name)
      } catch {
        throw .template("\(name): \(error)")
      }
    }
    return PageTemplates(library: library)
  }

  /// The page as text.
  func render(_ page: Page) throws(OutputError) -> String {
    guard let text = library.render(page, withTemplate: "report") else { throw .template("report") }
    return text
  }
}
