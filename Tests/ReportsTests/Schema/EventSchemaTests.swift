import Bytes
import DNSWire
import Findings
import Foundation
import Reports
import TestSupport
import Testing

@Suite("The schema of events") struct EventSchemaTests {
  /// The lines of events.
  private func lines(_ events: [AuditEvent]) throws -> String { try written(events) { JSONLines($0) } }

  @Test("events of every kind are valid")
  func events() throws {
    let outcome = try EventSchema.validate(lines(Sample.events).utf8)
    #expect(outcome.status == 0, "\(outcome.errorText)")
    #expect(outcome.text == "capture 1 finding 3 incident 2 response 3 run 1 summary 1 zone 6\n")
  }

  @Test("events with hostile text in every string are valid")
  func hostile() throws {
    let tamed = Sample.hostileEvents.map { event in
      switch event {
      // Rules and roles are words of this program, never of a packet.
      case .finding(var finding):
        finding.rule = .bogus
        return AuditEvent.finding(finding)
      case .incident(var incident):
        incident.contacts[0].transport = "tcp"
        return .incident(incident)
      case .zone(var zone):
        zone.dnskeys[0].role = "KSK"
        return .zone(zone)
      default: return event
      }
    }
    let outcome = try EventSchema.validate(lines(tamed).utf8)
    #expect(outcome.status == 0, "\(outcome.errorText)")
  }

  @Test("decoded messages are valid: sound, of all types, without a question, of DSO, and broken")
  func messages() throws {
    var sound = MessageBuilder(flags: 0x8580)
    sound.addQuestion(wire("example."), .any)
    sound.addRecord(wire("\\000\\\".example."), .txt, rdata: characterString("\u{1b}[31m"))
    sound.addRecord(
      [0], .opt, RecordClass(rawValue: 1_232), in: .additional, ttl: 0x8000, rdata: [0, 10, 0, 2, 1, 2])
    sound.addRecord([0], RecordType(rawValue: 65_280), RecordClass(rawValue: 32), in: .additional, rdata: [1])
    var lines = JSONLineWriter(), event = MessageEvent()
    var operation = MessageBuilder(flags: 0x3000), source = RandomRData(seed: 0x5eed_0309)
    operation.body = [0, 3, 0, 1, 0, 0xf8, 0, 0, 0, 0]
    let random = (0..<40).map { _ in source.message(records: 12).encoded(compressing: true) }
    let broken = [Array(sound.bytes.dropLast(30)), operation.bytes, [1, 2, 3], []]
    for bytes in [sound.bytes, MessageBuilder().bytes] + broken + random {
      withSampleMessage(bytes, frames: [3, 7]) { event.append($0, file: 2, to: &lines) }
    }
    let outcome = try EventSchema.validate(lines.bytes)
    #expect(outcome.status == 0, "\(outcome.errorText)")
    #expect(outcome.text == "message 46\n")
  }

  @Test(
    "what the contract does not allow is found",
    arguments: [
      (#""frame":12"#, #""frame":0"#, "$.frame: 0 is less than the minimum of 1"),
      (#""id":4660"#, #""id":65536"#, "$.id: 65536 is greater than the maximum of 65535"),
      (#""qtype":"A""#, #""qtype":"a""#, "$.qtype: 'a' is not valid"),
      (
        #""qname":"www.Example.org.""#, #""qname":"www.Example.org""#,
        "$.qname: 'www.Example.org' is not valid"
      ),
      (#""qname":"www.Example.org.""#, #""qname":"a b.""#, "$.qname: 'a b.' is not valid"),
      (
        #""time":"2016-10-20T15:23:01.250000001Z""#, #""time":"2016-10-20T15:23:01Z""#,
        "$.time: '2016-10-20T15:23:01Z'"
      ),
      (
        #""flags":["aa","rd","ra"]"#, #""flags":["aa","aa"]"#, "$.flags: ['aa', 'aa'] has non-unique elements"
      ),
      (
        #""security":"secure","ede":null"#, #""security":"secure","ede":6"#,
        "$.ede: 6 is not of type 'null'"
      ),
      (#""status":"verified""#, #""status":"good""#, "$.rrsets[0].rrsigs[0].status: 'good' is not one of"),
      (#""signed":true"#, #""signed":true,"extra":1"#, "$: Additional properties are not allowed ('extra'"),
      (#""signed":true,"#, "", "$: 'signed' is a required property"),
      (#""signed":true,"#, #""signed":true,"signed":true,"#, "no JSON: a member twice"),
      (#""event":"response""#, #""event":"responses""#, "no known event: 'responses'"),
      ("}\n", "\n", "no JSON"), ("}\n", "}", "no end of line"),
    ])
  func faults(sound: String, broken: String, fault: String) throws {
    let line = try lines([.response(Sample.secureResponse)])
    #expect(line.contains(sound))
    let outcome = try EventSchema.validate(line.replacing(sound, with: broken).utf8)
    #expect(outcome.status == 1)
    #expect(outcome.errorText.contains(fault), "\(outcome.errorText)")
  }

  @Test("an audit without its first or last line, or with one of them twice, is found")
  func order() throws {
    let events = Sample.events
    for (wrong, fault) in [
      (Array(events.dropLast()), "summary is not there once, last"),
      (Array(events.dropFirst()), "run is not there once, first"),
      ([events[0]] + events, "run is not there once, first"),
      (events.reversed(), "run is not there once, first"),
    ] {
      let outcome = try EventSchema.validate(lines(wrong).utf8)
      #expect(outcome.status == 1)
      #expect(outcome.errorText.contains(fault), "\(outcome.errorText)")
    }
  }
}
