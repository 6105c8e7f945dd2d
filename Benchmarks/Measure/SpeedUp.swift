/// What more cores can do for an audit that only prints its summary, as far as the stages tell (Amdahl 1967).
///
/// Reading is one thread, collecting another one beside it, verification is shared by all cores from the first keys on,
/// and what follows the last packet runs alone.
struct SpeedUp: CustomStringConvertible {
  /// Nanoseconds a message of reader, collector, verification, and what runs alone.
  private let reader: Double, collector: Double, verification: Double, alone: Double

  /// From the medians by stage.
  init(_ medians: [Double]) {
    let sum = { (stages: [Stage]) in stages.reduce(0.0) { $0 + max(0, medians[$1.rawValue]) } }
    reader = sum([.reading, .packets, .batching])
    collector = sum([.interning, .transactions])
    verification = sum([.verification])
    alone = sum([.evidence, .preparation, .judging, .findings])
  }

  /// All of it on one core.
  private var total: Double { reader + collector + verification + alone }

  /// How many times faster so many cores can be at best.
  func bound(cores: Int) -> Double {
    let shared = (reader + collector + verification) / Double(cores)
    return total / (max(reader, collector, shared) + alone)
  }

  /// The shares and the bounds.
  var description: String {
    let percent = { (part: Double) in "\(Int((part / total * 100).rounded())) %" }
    let bounds = [2, 4, 8, 32].map { "\(figure(bound(cores: $0))) on \($0)" }.joined(separator: ", ")
    return """
      Without output: reader \(percent(reader)), collector beside it \(percent(collector)), verification on all \
      cores \(percent(verification)), alone after the last packet \(percent(alone)).
      At best so many times faster: \(bounds) cores.

      """
  }
}
