/// Lines of cells in columns that are as wide as their widest cell: the first to the left, all others to the right.
struct Table: CustomStringConvertible {
  private var rows: [[String]]

  /// A table with a heading.
  init(_ heading: String...) { rows = [heading] }

  /// Adds a line.
  mutating func add(_ cells: String...) { rows.append(cells) }

  /// The lines, in the form that pages have.
  var description: String {
    let widths = (0..<(rows.first?.count ?? 0)).map { column in rows.map { $0[column].count }.max() ?? 0 }
    var lines = rows.map { row in
      "| "
        + zip(row, widths).enumerated().map { pad($1.0, to: $1.1, isFirst: $0 == 0) }.joined(separator: " | ")
        + " |"
    }
    let rule = widths.enumerated().map { $0 == 0 ? String(repeating: "-", count: $1) : dashes($1) }
    lines.insert("| " + rule.joined(separator: " | ") + " |", at: 1)
    return lines.joined(separator: "\n")
  }

  /// The rule below a column of figures.
  private func dashes(_ width: Int) -> String { String(repeating: "-", count: max(1, width - 1)) + ":" }

  /// A cell with blanks around it.
  private func pad(_ cell: String, to width: Int, isFirst: Bool) -> String {
    let blanks = String(repeating: " ", count: width - cell.count)
    return isFirst ? cell + blanks : blanks + cell
  }
}

/// The value in the middle; of an even number of values the mean of the two in the middle.
func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  guard let last = sorted.indices.last else { return 0 }
  return (sorted[last / 2] + sorted[(last + 1) / 2]) / 2
}

/// Three figures or so: more would be noise.
func figure(_ value: Double) -> String {
  if value >= 100 { return String(Int(value.rounded())) }
  let scale: Double = value < 10 ? 100 : 10
  return String((value * scale).rounded() / scale)
}

/// A median with the least and the greatest value.
func figures(_ values: [Double]) -> String {
  "\(figure(median(values))) (\(figure(values.min() ?? 0))-\(figure(values.max() ?? 0)))"
}
