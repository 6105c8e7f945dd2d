import Bytes
import DNSWire
import Findings
import Foundation
import Packets
import TestSupport
import Testing

@testable import Reports

@Suite("JSON lines") struct JSONLinesTests {
  /// The line of one event.
  private func line(_ event: AuditEvent) throws -> String {
    try written([event]) { JSONLines($0) }
  }

  @Test("a run names the tool, its options in JSON's own kinds, the anchors and the case")
  func run() throws {
    #expect(
      try line(.run(Sample.run))
        == #"{"event":"run","tool":{"name":"dnsaudit","version":"0.1.0","build":"2fb13cf","#
        + #""crypto_library":"OpenSSL 3.0.22"},"generated":"2023-11-14T22:13:20.000000000Z","#
        + #""options":{"at":null,"fail-on":"medium","hash":true,"ports":["53"],"tcp-limit":65535},"#
        + #""anchors":[{"zone":".","key_tag":19036,"algorithm":"RSASHA256","digest_type":"SHA-256","#
        + #""valid_from":"2010-07-15T00:00:00.000000000Z","valid_until":"2019-01-11T00:00:00.000000000Z","#
        + #""followed":true,"source":"built-in"}],"case":{"case":"2016-17","examiner":"A. Nonymous"}}"# + "\n"
    )
  }

  @Test("a capture has null where nothing is known, and no hash where none was wanted")
  func capture() throws {
    #expect(
      try line(.capture(Sample.capture))
        == #"{"event":"capture","file":0,"path":"captures/sample.pcap","#
        + #""sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","bytes":318422,"#
        + #""format":"pcap","link_types":["EN10MB"],"snaplen":262144,"interfaces":[],"comments":[],"#
        + #""packets":1204,"dropped":null,"first_time":"2016-10-20T15:23:01.000000000Z","#
        + #""last_time":"2016-10-20T15:25:12.250000000Z","truncated":false,"error":null,"#
        + #""quality":["2 TCP streams have gaps: 3 messages could not be read."]}"# + "\n")
    var unhashed = Sample.capture
    unhashed.sha256 = nil
    #expect(try !line(.capture(unhashed)).contains("sha256"))
  }

  @Test("a response has its header, question, verdict, transaction, RRsets and signatures")
  func response() throws {
    #expect(
      try line(.response(Sample.secureResponse))
        == #"{"event":"response","frame":12,"time":"2016-10-20T15:23:01.250000001Z","transport":"udp","#
        + #""src":"192.0.2.53","src_port":53,"dst":"192.0.2.1","dst_port":40053,"id":4660,"qr":true,"#
        + #""opcode":"QUERY","rcode":"NOERROR","flags":["aa","rd","ra"],"edns":{"version":0,"udp_size":1232,"#
        + #""do":true,"options":[{"code":10,"data":"ab01"}]},"qname":"www.Example.org.","qtype":"A","#
        + #""qclass":"IN","do":true,"server_ede":[],"security":"secure","ede":null,"#
        + #""reason":"A of www.example.org. verifies with key 2 of example.org.","signed":true,"#
        + #""corroborated":null,"transaction":"answered","query_frame":11,"rtt_us":1512,"#
        + #""rrsets":[{"section":"answer","name":"www.example.org.","type":"A","ttl":3600,"count":2,"#
        + #""security":"secure","ede":null,"reason":"verified with key 2 of example.org.","#
        + #""rrsigs":[{"signer":"example.org.","key_tag":2,"algorithm":"ECDSAP256SHA256","#
        + #""inception":"2016-10-19T15:23:01.000000000Z","expiration":"2016-10-21T15:23:01.000000000Z","#
        + #""status":"verified"}]}]}"# + "\n")
  }

  @Test("input, packets and unregistered numbers are named where there is something to name")
  func unusualResponse() throws {
    let text = try line(.response(Sample.bogusResponse))
    for part in [
      #""file":1,"frame":31,"frames":[29,31],"#, #""transport":"tcp","src":"2001:db8::53","#,
      #""rcode":"RCODE24","flags":["z","ad","cd"],"edns":null,"#,
      #""qtype":"TYPE65280","qclass":"CLASS32","do":null"#,
      #""server_ede":[{"code":7,"text":"signature expired"}],"security":"bogus","ede":7,"#,
      #""corroborated":12,"transaction":"conflicting","query_frame":null,"rtt_us":null"#,
      #"{"section":"additional","name":".","type":"NS","ttl":4294967295,"count":13,"#,
    ] { #expect(text.contains(part), "\(part)") }
  }

  @Test("without a question its three fields are null, and one packet is no list of packets")
  func emptyResponse() throws {
    let text = try line(.response(Sample.emptyResponse))
    #expect(text.contains(#""edns":null,"qname":null,"qtype":null,"qclass":null,"do":false"#))
    #expect(!text.contains(#""frames""#))
    #expect(!text.contains(#""file""#))
  }

  @Test("a finding has its facts in JSON's own kinds")
  func finding() throws {
    #expect(
      try line(.finding(Sample.conflict))
        == #"{"event":"finding","id":"F1","rule":"conflicting-answer","severity":"high","#
        + #""confidence":"confirmed","summary":"Two answers to www.example.org. A differ; frame 13 is bogus "#
        + #"and frame 12 is secure.","first_frame":12,"last_frame":13,"#
        + #""first_time":"2016-10-20T15:23:01.250000001Z","last_time":"2016-10-20T15:23:01.251000000Z","#
        + #""frames":[12,13],"count":2,"names":["www.example.org."],"servers":["192.0.2.53"],"#
        + #""clients":["192.0.2.1"],"evidence":{"genuine":["192.0.2.80"],"forged":["203.0.113.66"],"#
        + #""forged_frames":[13],"ip_ttl_differs":true,"gap_us":999,"decided_by":"signature"},"#
        + #""benign_explanations":["A server that answers one query twice from a pool of addresses."],"#
        + #""references":["RFC 5452","CVE-2008-1447"]}"# + "\n")
  }

  @Test("a finding names the input of its frames, and each one's where they are of several")
  func findingOfSeveralInputs() throws {
    var finding = Sample.conflict
    finding.file = 3
    #expect(try line(.finding(finding)).contains(#""file":3,"first_frame":12"#))
    (finding.file, finding.files) = (nil, [0, 3])
    let text = try line(.finding(finding))
    #expect(text.contains(#""frames":[12,13],"files":[0,3],"count":2"#) && !text.contains(#""file":"#))
    #expect(framesText(of: finding) == "input 0, frame 12; input 3, frame 13")
  }

  @Test("up to 1,000 frames of a finding are listed, and the count says how many there are")
  func frameLimit() throws {
    var finding = Sample.conflict
    finding.frames = Array(1...1_000)
    #expect(try line(.finding(finding)).contains(",999,1000],"))
    finding.frames = Array(1...1_001)
    finding.count = 1_001
    #expect(try line(.finding(finding)).contains(#",999,1000],"count":1001,"#))
  }

  @Test("a zone has its DS records, keys and changes")
  func zone() throws {
    let digest = String(repeating: "DE", count: 32)
    #expect(
      try line(.zone(Sample.broken))
        == #"{"event":"zone","zone":"broken.org.","security":"bogus","ede":9,"reason":"no DNSKEY of broken.org. "#
        + #"matches DS 4711 13 2; keys seen: 815 (KSK)","parent":"org.","anchored":false,"#
        + #""ds":[{"key_tag":4711,"algorithm":"ECDSAP256SHA256","digest_type":"SHA-256","digest":"\#(digest)","#
        + #""matches":false,"frame":22}],"dnskeys":[{"key_tag":815,"algorithm":"ECDSAP256SHA256","bits":256,"#
        + #""flags":257,"role":"KSK","frame":30}],"trust_point":[],"#
        + #""changes":[{"time":"2016-10-20T15:23:02.000000000Z","#
        + #""security":"indeterminate","ede":null,"reason":"no DNSKEY of broken.org. seen","frame":null},"#
        + #"{"time":"2016-10-20T15:23:05.000000000Z","security":"bogus","ede":9,"#
        + #""reason":"no DNSKEY of broken.org. matches DS 4711 13 2","frame":30}]}"# + "\n")
  }

  @Test("the summary counts each of the four words, also those that nothing got")
  func summary() throws {
    var summary = Sample.summary
    summary.bySecurity = [(.bogus, 3)]
    #expect(
      try line(.summary(summary))
        == #"{"event":"summary","packets":1204,"messages":1190,"queries":597,"responses":590,"#
        + #""by_security":{"secure":0,"insecure":0,"indeterminate":0,"bogus":3},"#
        + #""by_rule":{"bogus":1,"conflicting-answer":1,"unsigned":1},"unique_rrsets":412,"#
        + #""signatures_seen":611,"signatures_verified":389,"nsec3_hashes":0,"dropped":null,"#
        + #""malformed":3,"not_judged":{"mdns":14,"notify":2},"#
        + #""would_break_names":0,"would_break_responses":0,"would_break":[],"#
        + #""oddities":[{"name":"checksum-wrong","count":2,"frames":[17,230],"#
        + #""sentence":"wrong UDP or TCP checksums","reference":"RFC 768"}],"opaque":[]}"# + "\n")
  }

  @Test("hostile text in every string stays within its line, and nothing in it can steer a terminal")
  func hostile() throws {
    let text = try written(Sample.hostileEvents) { JSONLines($0) }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == Sample.hostileEvents.count + 1)
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.isVisible })
    for (line, key) in zip(lines, ["tool", "path", "reason", "summary", "summary", "reason", "by_rule"]) {
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let value = try #require(object[key])
      #expect(
        value as? String == Sample.hostile
          || (value as? [String: Any])?.keys.contains(Sample.hostile) == true
          || (value as? [String: Any])?["name"] as? String == Sample.hostile)
    }
  }

  @Test("responses are left out where they are not wanted, and nothing else is")
  func withoutResponses() throws {
    let all = try written(Sample.events) { JSONLines($0) }.split(separator: "\n")
    let some = try written(Sample.events) { JSONLines($0, responses: false) }.split(separator: "\n")
    #expect(some == all.filter { !$0.hasPrefix(#"{"event":"response""#) })
    #expect(all.count - some.count == Sample.responses.count)
  }

  @Test("the same events give the same bytes")
  func determinism() throws {
    let events = Sample.events + Sample.hostileEvents
    #expect(try written(events) { JSONLines($0) } == (try written(events) { JSONLines($0) }))
  }

  @Test(
    "the 32-bit times of a signature are those nearest to the response (RFC 4034 §3.1.5)",
    arguments: [
      // Around the turn of the 32-bit count in 2106: one second before it and one after it.
      (4_294_967_295, UInt32(1), "2106-02-07T06:28:17"), (4_294_967_297, .max, "2106-02-07T06:28:15"),
      // A signature of 1969 as seen in 1970, and the last second that is still in the future.
      (0, UInt32(0xffff_ffff), "1969-12-31T23:59:59"), (0, UInt32(0x7fff_ffff), "2038-01-19T03:14:07"),
    ])
  func eras(now: Int64, serial: UInt32, expected: String) throws {
    var response = Sample.secureResponse
    response.time = Timestamp(seconds: now)
    response.rrsets[0].signatures[0].expiration = serial
    #expect(try line(.response(response)).contains(#""expiration":"\#(expected).000000000Z""#))
  }

  @Test("times are written as Timestamp writes them, over the whole range of 64 bits")
  func times() throws {
    var generator = SeededRandom(seed: 3_339)
    let edges: [Int64] = [0, -1, 1, 999_999_999, .max, .min]
    for nanoseconds in edges + (0..<200).map({ _ in Int64.random(in: .min...(.max), using: &generator) }) {
      var capture = Sample.capture
      capture.firstTime = Timestamp(nanoseconds: nanoseconds)
      let expected = Timestamp(nanoseconds: nanoseconds).rfc3339
      #expect(try line(.capture(capture)).contains(#""first_time":"\#(expected)""#))
    }
  }

  @Test(
    "an incident has its target, packets, poisoned data, victims, contacts, recovery, arithmetic and facts")
  func incident() throws {
    var incident = Sample.wonRace
    incident.served = [PacketID(14), PacketID(4, file: 1)]
    incident.victims.removeLast()
    #expect(
      try line(.incident(incident))
        == #"{"event":"incident","id":"I1","kind":"race","severity":"critical","confidence":"confirmed","#
        + #""summary":"race: 1 forged packet to 192.0.2.1 about www.example.org.; forged data reached 2 clients","#
        + #""findings":["F1"],"target":{"resolver":"192.0.2.1","zone":"example.org.","name":"www.example.org."},"#
        + #""spoofed_servers":["192.0.2.53"],"first_time":"2016-10-20T15:23:01.250000001Z","#
        + #""last_time":"2016-10-20T15:23:10.000000000Z","attempts":1,"succeeded":true,"forged":[{"frame":13}],"#
        + #""genuine":[{"frame":12}],"forged_data":["NOERROR www.example.org. A 203.0.113.66"],"#
        + #""genuine_data":["NOERROR www.example.org. A 192.0.2.80"],"served":[{"frame":14},{"frame":4,"file":1}],"#
        + #""poisoned":[{"name":"www.example.org.","type":"A","rdata":"203.0.113.66","ttl":3600,"#
        + #""expires":"2016-10-20T16:23:01.000000000Z"}],"victims":[{"client":"192.0.2.129","#
        + #""first_time":"2016-10-20T15:23:02.000000000Z","last_time":"2016-10-20T15:23:02.000000000Z","frames":[14],"#
        + #""expires":"2016-10-20T16:23:01.000000000Z"}],"contacts":[{"client":"192.0.2.129","#
        + #""address":"203.0.113.66","port":443,"transport":"tcp","frame":21,"#
        + #""first_time":"2016-10-20T15:23:03.000000000Z","last_time":"2016-10-20T15:23:04.000000000Z","count":12}],"#
        + #""recovery":{"frame":90,"time":"2016-10-20T15:24:01.000000000Z"},"arithmetic":["#
        + #"{"family":"K","text":"it is bogus"},{"family":"K","text":"DNSSEC proves the answer in frame 12"},"#
        + #"{"family":"C","text":"2 different answers to www.example.org. A"},"#
        + #"{"family":"N","text":"frame 13 has an IP TTL that this server does not have"}],"#
        + #""facts":{"answer_1":"NOERROR www.example.org. A 203.0.113.66"}}"# + "\n")
  }
}
