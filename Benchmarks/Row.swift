/// One line of the table: a stage's medians, and how its CPU time compares with the floor's.
struct Row: CustomStringConvertible {
  let description: String

  /// The columns' names.
  static let heading = columns(
    "", "CPU ns/packet", "wall ns/packet", "times the floor (min-max)", "peak MiB")

  /// The ratio is taken within each round, between runs that follow each other, and its median is shown.
  init(name: String, samples: [Usage], floor: [Usage], packets: Int) {
    let ratios = zip(samples, floor).map { $0.cpu / $1.cpu }.sorted()
    let range = "\(figure(median(ratios))) (\(figure(ratios.first ?? 0))-\(figure(ratios.last ?? 0)))"
    description = Self.columns(
      name, figure(median(samples.map(\.cpu)) / Double(packets)),
      figure(median(samples.map(\.wall)) / Double(packets)), range,
      figure(Double(samples.map(\.peak).max() ?? 0) / 1024))
  }

  /// Pads the cells to the width of their columns.
  private static func columns(_ cells: String...) -> String {
    zip(cells, [14, 15, 16, 27, 10]).enumerated().map { index, cell in
      let padding = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
      return index == 0 ? cell.0 + padding : padding + cell.0
    }.joined()
  }
}

/// The value in the middle; of an even number of values the mean of the two in the middle.
private func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  guard let last = sorted.indices.last else { return 0 }
  return (sorted[last / 2] + sorted[(last + 1) / 2]) / 2
}

/// Three figures or so: more would be noise.
private func figure(_ value: Double) -> String {
  if value >= 100 { return String(Int(value.rounded())) }
  let scale: Double = value < 10 ? 100 : 10
  return String((value * scale).rounded() / scale)
}
