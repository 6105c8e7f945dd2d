/// When, and where first, something was seen. A reference, so that equal responses at other times note theirs without
/// looking for it again.
package final class Sightings {
  /// Seconds since 1970, ascending as the capture goes; the same second once in a row.
  private(set) var times: [Int64] = []
  /// The packet that showed it first.
  package let firstFrame: Int

  /// The most times kept; beyond it every other one is let go, so that the gaps stay below a two-thousandth of the
  /// time covered: 20 minutes in 30 days, the hold-down time of RFC 5011.
  private static let limit = 4_096

  /// Seen first in a packet.
  init(frame: Int) { firstFrame = frame }

  /// Seen again.
  package func note(_ time: Int64) {
    if times.last == time { return }
    if times.count == Sightings.limit {
      times = stride(from: 0, to: times.count, by: 2).map { times[$0] }
    }
    times.append(time)
  }

  /// Seconds between a time and the nearest sighting; nil when there is none.
  func distance(to time: Int64) -> Int64? { times.lazy.map { abs($0 &- time) }.min() }

  /// The sighting nearest to a time.
  func nearest(to time: Int64) -> Int64? { times.min { abs($0 &- time) < abs($1 &- time) } }

  /// Whether something was seen within so many seconds of a time, and the span of times for which the answer is the
  /// same.
  func isSeen(within reach: Int64, of time: Int64) -> (isSeen: Bool, span: ClosedRange<Int64>) {
    var span = Int64.min...Int64.max
    for seen in times {
      if abs(seen &- time) <= reach { return (true, seen - reach...seen + reach) }
      span =
        seen < time
        ? max(span.lowerBound, seen + reach + 1)...span.upperBound
        : span.lowerBound...min(span.upperBound, seen - reach - 1)
    }
    return (false, span)
  }
}
