import DNSWire

/// Unbound's auto-trust-anchor-file, which this program keeps its own states in as well: people know it, and other
/// programs read it. `;;id:` begins a trust point; its keys follow as DNSKEY records, with `;;state=` and times behind.
package struct AutotrustFile {
  /// A key of a trust point.
  private struct Key {
    let key: TrustAnchor.Key, state: AnchorKeyState, times: [String: Int64], line: Int
  }
  /// A trust point, and the last second in which a valid DNSKEY RRset was seen.
  private struct Point {
    let zone: Name
    var lastSuccess: Int64?, keys: [Key] = []
  }

  private var points: [Point] = []

  /// The valid and missing keys of a file as trust anchors, and the revoked ones, which the caller leaves out.
  static func anchors(_ text: String, source: String) throws(AnchorFileError) -> [TrustAnchor] {
    var anchors: [TrustAnchor] = []
    for point in try AutotrustFile(text).points {
      for key in point.keys where key.state.isTrusted || key.state == .revoked {
        let revoked = key.state == .revoked ? key.key.revoked : nil
        anchors.append(
          TrustAnchor(
            zone: point.zone, key: revoked ?? key.key, validFrom: key.times["validfrom"],
            validUntil: key.times["validuntil"], source: "\(source):\(key.line)"))
      }
    }
    return anchors
  }

  /// The trust points of a file with the states of their keys, none for an empty file. Digests in it are configured,
  /// and not learned.
  package static func states(_ text: String, source: String) throws(AnchorFileError) -> [TrustPoint] {
    let file = try AutotrustFile(text)
    // The file is to be replaced by a later one: what has no trust point in it is something else of the user's.
    guard text.isEmpty || !file.points.isEmpty else { throw failure(0, "there is no line ;;id: in it") }
    return try file.points.map { (point) throws(AnchorFileError) in
      var state = TrustPoint(zone: point.zone, anchors: [])
      state.lastSuccess = point.lastSuccess
      for key in point.keys {
        guard case .key(let data) = key.key else { continue }
        try check(key, point.lastSuccess)
        guard !state.keys.contains(where: { $0.isAbout(data, of: point.zone) }) else {
          throw failure(key.line, "a key that stands there twice")
        }
        state.keys.append(TrackedKey(data, key.state, key.times, source: "\(source):\(key.line)"))
      }
      return state
    }
  }

  /// Nothing can have happened to a key after the last valid DNSKEY RRset was seen.
  private static func check(_ key: Key, _ lastSuccess: Int64?) throws(AnchorFileError) {
    guard key.times["lastchange"] != nil else { throw failure(key.line, "a key without ;;lastchange=") }
    for name in ["lastchange", "firstseen", "lastseen", "trusted", "revoked"] {
      guard let time = key.times[name], let lastSuccess, time > lastSuccess else { continue }
      throw failure(key.line, "\(name) lies behind last_success")
    }
  }

  /// Reads a text.
  private init(_ text: String) throws(AnchorFileError) {
    var reader = ZoneFileAnchors(), count = 0
    for entry in try ZoneFileEntries(text).entries {
      guard !entry.words.isEmpty else {
        try readHeader(entry)
        continue
      }
      guard let record = try reader.record(entry) else { continue }
      guard let point = points.last, record.owner == point.zone else {
        throw AutotrustFile.failure(
          entry.line, "a key that does not belong to the zone of a line ;;id: above")
      }
      count += 1
      guard count <= AnchorFile.maximumAnchors else {
        throw AutotrustFile.failure(entry.line, "more than \(AnchorFile.maximumAnchors) keys")
      }
      let fields = try AutotrustFile.fields(entry)
      guard let state = fields["state"].flatMap({ AnchorKeyState(rawValue: UInt8(clamping: $0)) }) else {
        throw AutotrustFile.failure(entry.line, "a key without a known ;;state=")
      }
      points[points.count - 1].keys.append(
        Key(
          key: record.key, state: AutotrustFile.configured(state, fields), times: fields, line: entry.line))
    }
  }

  /// The state of a key apart from its configured period, which says by itself when the key is in force.
  private static func configured(_ state: AnchorKeyState, _ times: [String: Int64]) -> AnchorKeyState {
    switch state {
    case .start where times["validfrom"] != nil: .valid
    case .removed where times["validuntil"] != nil && times["revoked"] == nil: .valid
    default: state
    }
  }

  /// Reads a line of a trust point: its zone and class, or when it was seen last. Others matter to resolvers alone.
  private mutating func readHeader(_ entry: ZoneFileEntries.Entry) throws(AnchorFileError) {
    let words = entry.comment.split(whereSeparator: \.isWhitespace)
    if words.first == ";;id:" {
      guard words.count == 3, words[2] == "1", let zone = Name(String(words[1])),
        !points.contains(where: { $0.zone == zone })
      else {
        throw AutotrustFile.failure(entry.line, "not one zone of class 1, or one that was there before")
      }
      points.append(Point(zone: zone))
    } else if words.first == ";;last_success:", !points.isEmpty {
      guard words.count >= 2, let time = AutotrustFile.time(words[1]) else {
        throw AutotrustFile.failure(entry.line, "no time in seconds since 1970")
      }
      // Zero stands for never.
      points[points.count - 1].lastSuccess = time == 0 ? nil : time
    }
  }

  /// The fields `;;name=number` behind a record.
  private static func fields(_ entry: ZoneFileEntries.Entry) throws(AnchorFileError) -> [String: Int64] {
    var fields: [String: Int64] = [:]
    for word in entry.comment.split(whereSeparator: \.isWhitespace) where word.hasPrefix(";;") {
      let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      guard let number = time(parts[1]), fields.updateValue(number, forKey: String(parts[0])) == nil else {
        throw failure(
          entry.line,
          "\(names.contains(String(parts[0])) ? String(parts[0]) : "a field") is no number, or there twice")
      }
    }
    return fields
  }

  /// The fields that are known.
  private static let names = [
    "state", "count", "lastchange", "holddown", "firstseen", "lastseen", "trusted", "revoked",
    "validfrom", "validuntil",
  ]

  /// Seconds since 1970, until the year 9999.
  private static func time(_ text: Substring) -> Int64? {
    guard let time = Int64(text), (0...253_402_300_799).contains(time) else { return nil }
    return time
  }

  /// An error in such a file.
  private static func failure(_ line: Int, _ problem: String) -> AnchorFileError {
    AnchorFileError(line: line, problem: problem, expected: AnchorFile.Form.autotrust.expectation)
  }
}

extension TrustAnchor.Key {
  /// The key with REVOKE set; nil for a digest.
  fileprivate var revoked: TrustAnchor.Key? {
    if case .key(let key) = self { .key(key.with(revoked: true)) } else { nil }
  }
}

extension TrackedKey {
  /// A key from its line. Files that Unbound wrote hold the time of the last change alone.
  fileprivate init(
    _ key: DNSKEYData, _ state: AnchorKeyState, _ times: [String: Int64], source: String
  ) {
    let since = times["lastchange"]
    self.init(key, state, since: since, source: source)
    (firstSeen, lastSeen, trustedFrom) = (times["firstseen"], times["lastseen"], times["trusted"])
    (validFrom, validUntil) = (times["validfrom"], times["validuntil"])
    switch state {
    case .addPend: holdDownUntil = times["holddown"] ?? since.map { $0 + TrustPoint.addHoldDown }
    case .valid: trustedFrom = trustedFrom ?? validFrom ?? since
    case .missing: trustedFrom = trustedFrom ?? 0
    case .revoked, .removed: revokedAt = times["revoked"] ?? since
    case .start: break
    }
  }
}
