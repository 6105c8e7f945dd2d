import Bytes
import DNSWire

/// The time of a judgement, with the span of time in which the same judgement would come out.
///
/// Every comparison with a validity period narrows the span, so that a verdict can be kept and used again for all
/// responses within it, exactly.
package struct Moment: Sendable {
  /// Seconds since 1970.
  package let time: Int64
  /// First and last second for which everything compared so far comes out the same.
  package private(set) var from = Int64.min, until = Int64.max

  /// A moment, nothing compared yet.
  package init(_ time: Int64) { self.time = time }

  /// The span, first to last second.
  package var span: ClosedRange<Int64> { from...until }

  /// Compares with a period of which both ends are inclusive; nil is no bound.
  package mutating func compare(from start: Int64?, until end: Int64?) -> Timeliness {
    if let end, time > end {
      from = max(from, end + 1)
      return .after
    }
    if let start, time < start {
      until = min(until, start - 1)
      return .before
    }
    if let start { from = max(from, start) }
    if let end { until = min(until, end) }
    return .within
  }

  /// Takes over the narrowing that a kept result had.
  package mutating func narrow(to span: ClosedRange<Int64>) {
    from = max(from, span.lowerBound)
    until = min(until, span.upperBound)
  }

  /// Says that the result holds for this second alone.
  package mutating func narrowToNow() { (from, until) = (time, time) }

  /// Compares with the validity of an RRSIG.
  mutating func compare(_ signature: RRSIGData) -> Timeliness {
    compare(inception: signature.inception, expiration: signature.expiration)
  }

  /// Compares with the validity of an RRSIG.
  mutating func compare(_ signature: RRSIGFixedFields) -> Timeliness {
    compare(inception: signature.inception, expiration: signature.expiration)
  }

  /// Compares with a validity in serial arithmetic (RFC 4034 §3.1.5).
  private mutating func compare(inception: UInt32, expiration: UInt32) -> Timeliness {
    let start = absolute(inception), end = absolute(expiration)
    let timeliness = compare(from: start, until: end)
    // Half a turn of the 32 bits away a serial number stands for another second.
    narrow(to: max(start, end) - Int64(Int32.max)...min(start, end) + Int64(Int32.max) + 1)
    return timeliness
  }

  /// The count of seconds nearest to this moment that a 32-bit serial number stands for.
  package func absolute(_ serial: UInt32) -> Int64 {
    time &+ Int64(Int32(bitPattern: serial &- UInt32(truncatingIfNeeded: time)))
  }
}

/// How a moment lies to a period.
package enum Timeliness: Sendable {
  case before, within, after
}

/// Results that hold for spans of time. The first stands in the value itself: most questions have one answer in a whole
/// capture, and there are tens of thousands of them.
struct TimedResults<Value: Sendable>: Sendable {
  /// The first result, and the first and last second that it holds for.
  private var first: Value?, from = Int64.max, until = Int64.min
  /// The others.
  private var others: [(span: ClosedRange<Int64>, value: Value)] = []

  /// The place of the next one, when there are as many as are kept.
  private var next = 0

  /// The most spans kept for one question besides the first; a new one then replaces the oldest, since time runs forward
  /// in captures. One in which a link changes more often is not one that people make; the figure bounds memory.
  private static var limit: Int { 64 }

  /// The result for a moment, which is narrowed as the result was.
  func value(at moment: inout Moment) -> Value? {
    if let first, from <= moment.time, moment.time <= until {
      moment.narrow(to: from...until)
      return first
    }
    for entry in others where entry.span.contains(moment.time) {
      moment.narrow(to: entry.span)
      return entry.value
    }
    return nil
  }

  /// Keeps a result for the span of the moment it was found with.
  mutating func keep(_ value: Value, for moment: Moment) {
    if first == nil {
      (first, from, until) = (value, moment.span.lowerBound, moment.span.upperBound)
    } else if others.count < Self.limit {
      others.append((moment.span, value))
    } else {
      others[next] = (moment.span, value)
      next = (next + 1) % Self.limit
    }
  }
}

/// A moment for people: RFC 3339 to the second.
func timeText(_ seconds: Int64) -> String {
  String(decoding: Timestamp(seconds: seconds).rfc3339.utf8.prefix(19), as: UTF8.self) + "Z"
}
