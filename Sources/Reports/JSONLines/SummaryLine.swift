import DNSSEC
import Findings

extension JSONLineWriter {
  /// Writes the members of `summary`; each of the four words is there, also with the count 0.
  mutating func write(_ summary: SummaryEvent) {
    field("event", "summary")
    field("packets", summary.packets)
    field("messages", summary.messages)
    field("queries", summary.queries)
    field("responses", summary.responses)
    object("by_security") { object in
      for word in SecurityStatus.allCases { object.field(word.word, summary.count(of: word)) }
    }
    object("by_rule") { object in
      for entry in summary.byRule { object.field(entry.rule.rawValue, entry.count) }
    }
    field("unique_rrsets", summary.uniqueRRsets)
    field("signatures_seen", summary.signaturesSeen)
    field("signatures_verified", summary.signaturesVerified)
    field("nsec3_hashes", summary.nsec3Hashes)
    field("dropped", summary.dropped)
    field("malformed", summary.malformed)
    object("not_judged") { object in
      for entry in summary.notJudged { object.field(entry.kind, entry.count) }
    }
    write(summary.wouldBreak)
    array("oddities") { list in
      for entry in summary.oddities {
        list.object {
          $0.field("name", entry.oddity.code)
          $0.field("count", entry.count)
          $0.packets(entry.examples)
          $0.field("sentence", entry.oddity.sentence)
          $0.field("reference", entry.oddity.reference)
        }
      }
    }
    array("opaque") { list in
      for entry in summary.opaque {
        list.object {
          $0.field("protocol", entry.name.name)
          $0.field("flows", entry.count.flows)
          $0.field("packets", entry.count.packets)
          $0.field("bytes", entry.count.bytes)
          $0.packets(entry.count.examples)
        }
      }
    }
  }
}

extension JSONLineWriter {
  /// Writes what would break if validation were on.
  private mutating func write(_ wouldBreak: WouldBreak) {
    field("would_break_names", wouldBreak.names)
    field("would_break_responses", wouldBreak.answers)
    array("would_break") { list in
      for entry in wouldBreak.top {
        list.object { object in
          object.field("name", entry.name)
          object.field("type", entry.type.mnemonic)
          object.field("count", entry.count)
          object.array("clients") { list in
            for client in entry.clients { list.element(ascii: client.appendText) }
          }
          object.field("client_count", entry.clientCount)
          if let file = entry.firstFile { object.field("file", file) }
          object.field("first_frame", entry.firstFrame)
          object.field("reason", entry.verdict.reason)
          object.field("ede", entry.verdict.ede.map { Int($0) })
          object.field("secure_frame", entry.secureFrame)
        }
      }
    }
  }
}

extension SummaryEvent {
  /// How many responses have a word.
  func count(of security: SecurityStatus) -> Int {
    bySecurity.first { $0.security == security }?.count ?? 0
  }
}
