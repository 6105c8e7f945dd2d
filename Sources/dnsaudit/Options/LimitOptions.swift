import ArgumentParser
import Audit

/// Bounds on the work that one message may cause.
struct LimitOptions: ParsableArguments {
  @Option(
    name: .customLong("limit"),
    help: ArgumentHelp(
      "Bound the work that one message may cause; repeatable. Reaching a bound is a finding.",
      discussion: "The bounds, their figures, and where these come from:\n"
        + LimitSettings.explanations.joined(separator: "\n"),
      valueName: "name=n"))
  var given: [String] = []

  /// The limits in force.
  var settings: LimitSettings {
    get throws {
      var settings = LimitSettings()
      for text in given {
        do throws(LimitSettings.Fault) { try settings.set(text) } catch {
          throw ValidationError("--limit \(text): \(error.sentence)")
        }
      }
      return settings
    }
  }

  func validate() throws { _ = try settings }
}
