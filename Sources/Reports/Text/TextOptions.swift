/// How the text looks. What decides it (terminal, NO_COLOR, TERM, options) is known at the edge.
package struct TextOptions: Sendable {
  /// How much is said.
  package enum Detail: Sendable {
    /// The counts alone.
    case counts
    /// One screen.
    case screen
    /// Every response, and everything about each finding.
    case everything
  }
  /// How much is said.
  package var detail: Detail
  /// Whether colours may be used.
  package var color: ColorMode
  /// Columns of the terminal.
  package var width: Int
  /// Whether findings are told when they are found, as on a live interface.
  package var live: Bool

  /// Columns where no terminal says how wide it is, and the fewest and most that are used: narrower text breaks
  /// names apart, wider text is hard to read.
  package static let defaultWidth = 80, widths = 40...120

  /// From the choices; the width is brought into `widths`.
  package init(
    detail: Detail = .screen, color: ColorMode = .plain, width: Int = defaultWidth, live: Bool = false
  ) {
    (self.detail, self.color, self.live) = (detail, color, live)
    self.width = min(max(width, TextOptions.widths.lowerBound), TextOptions.widths.upperBound)
  }

  /// How much of each kind is told.
  struct Limits {
    /// Incidents, findings outside of them, findings in them, and zones.
    var incidents: Int, findings: Int, briefFindings: Int, zones: Int
    /// Findings kept until it is known which belong to incidents.
    var keptFindings: Int { max(TextOptions.keptFindings, findings) }
  }

  /// Findings kept: with as many as a person pages through there are enough of each sort for one screen.
  private static let keptFindings = 1_000

  /// What fits one screen, or the most that a person pages through.
  var limits: Limits {
    switch detail {
    case .counts: Limits(incidents: 0, findings: 0, briefFindings: 0, zones: 0)
    case .screen: Limits(incidents: 5, findings: 10, briefFindings: 12, zones: 12)
    case .everything: Limits(incidents: 200, findings: 1_000, briefFindings: 0, zones: 1_000)
    }
  }
}

/// Whether text is coloured.
package enum ColorMode: Sendable {
  case plain, ansi
}
