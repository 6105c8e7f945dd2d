import DNSSEC
import DNSWire

/// Responses to one query whose data differ, more of them than queries were sent.
struct Race {
  /// Responses with the same data.
  struct Side {
    /// Number of the data, and the responses in frame order.
    let content: UInt32
    var records: [Int]
    /// Best and worst word of these.
    var best: SecurityStatus, worst: SecurityStatus
    /// What speaks against it (above zero) and for it (below), and why.
    var points = 0, reasons: [Reason] = []
    /// Whether it is taken for forged, or for genuine.
    var isForged = false, isGenuine = false
  }

  /// Why a side is taken for false or true.
  struct Reason {
    let family: EvidenceFamily, points: Int, text: String
  }

  /// Number of the conflict.
  let group: Int
  /// The sides in order of their first frames.
  var sides: [Side] = []
  /// Whether anything but the order of arrival decided.
  var isDecided: Bool {
    sides.contains {
      $0.isForged && $0.reasons.contains { $0.family != .content && $0.points != 0 && !$0.isOrder }
    }
      || sides.contains { $0.isGenuine && $0.reasons.contains { $0.points != 0 && !$0.isOrder } }
  }

  /// All responses, those that are taken for forged, and for genuine.
  var records: [Int] { sides.flatMap(\.records).sorted() }
  var forged: [Int] { sides.filter(\.isForged).flatMap(\.records).sorted() }
  func accuses(_ record: Int) -> Bool { sides.contains { $0.isForged && $0.records.contains(record) } }
  var genuine: [Int] { sides.filter(\.isGenuine).flatMap(\.records).sorted() }
}

extension Race.Reason {
  /// Whether it is about nothing but which came first.
  var isOrder: Bool { family == .timing && points == RaceJudge.orderPoints }
}
