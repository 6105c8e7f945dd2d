import Foundation
import TestSupport
import Testing

/// What Package.swift says, as SwiftPM reads it.
struct Manifest: Decodable {
  /// The targets in their order.
  let targets: [Target]

  /// One target.
  struct Target: Decodable {
    let name: String
    let dependencies: [Dependency]
  }

  /// `{"byName": ["Bytes", null]}` or `{"product": ["Mustache", "swift-mustache", null, null]}`.
  struct Dependency: Decodable {
    let byName: [String?]?
    let product: [String?]?
  }

  /// Asks SwiftPM, with a scratch folder of its own: the usual one may be locked by the running tests.
  init(of project: URL) throws {
    let scratch = try TemporaryFolder()
    let swift = try #require(Environment.program("swift"))
    let outcome = try run(
      swift,
      ["package", "--package-path", project.path(), "--scratch-path", scratch.url.path(), "dump-package"])
    try #require(outcome.status == 0, "\(outcome.errorText)")
    self = try JSONDecoder().decode(Manifest.self, from: outcome.output)
  }

  /// The names that a target lists as its dependencies, or nil when there is no such target.
  func dependencies(of target: String) -> Set<String>? {
    targets.first { $0.name == target }
      .map { Set($0.dependencies.compactMap { ($0.byName ?? $0.product)?.first ?? nil }) }
  }
}
