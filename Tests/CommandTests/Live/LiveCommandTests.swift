import DNSWire
import Foundation
import Glibc
import TestSupport
import Testing

/// `dnsaudit live` as people use it, on the loopback.
@Suite("The live command", .serialized) struct LiveCommandTests {
  @Test("an interface that is not there gives status 4", .requiresRoot("an interface that is not there"))
  func noInterface() throws {
    let outcome = try dnsaudit("live", "-i", "nosuch0")
    #expect(outcome.status == 4)
    #expect(outcome.errorText.hasPrefix("dnsaudit: interface nosuch0 cannot be captured on: "))
    #expect(outcome.errorText.hasSuffix("; -D lists the interfaces\n"))
    #expect(outcome.output.isEmpty)
  }

  @Test(
    "no permission gives status 4", .requiresRoot("no permission to capture"),
    .requiresPrograms("setpriv", for: "no permission to capture"))
  func noPermission() throws {
    let folder = try TemporaryFolder()
    let copy = try folder.write(Data(contentsOf: Environment.command), to: "dnsaudit")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: copy.path())
    let outcome = try run(
      URL(filePath: "/usr/bin/env"),
      ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", copy.path(), "live", "-i", "lo"])
    #expect(outcome.status == 4)
    #expect(outcome.errorText.hasPrefix("dnsaudit: no permission to capture on lo: "))
    #expect(outcome.errorText.hasSuffix("; run as root or with CAP_NET_RAW\n"))
  }

  @Test(
    "wrong usage gives status 2",
    arguments: [
      [], ["-i", "lo", "--count", "0"], ["-i", "lo", "--duration", "0"], ["-i", "lo", "--window", "0"],
    ])
  func usage(_ options: [String]) throws {
    #expect(try run(Environment.command, ["live"] + options).status == 2)
  }

  @Test("a filter that is none is wrong usage", .requiresRoot("a live filter that is none"))
  func badFilter() throws {
    let outcome = try dnsaudit("live", "-i", "lo", "-f", "port x y")
    #expect(outcome.status == 2)
    #expect(outcome.errorText.contains("the filter \"port x y\" is not understood"))
  }

  @Test("-D lists the interfaces")
  func list() throws {
    let outcome = try dnsaudit("-D")
    #expect(outcome.status == 0)
    #expect(outcome.text.contains("lo (up, loopback)"))
  }

  @Test(
    "a run ends by itself when its time is over, with the report", .requiresRoot("a live run with a duration")
  )
  func duration() throws {
    let outcome = try dnsaudit("live", "-i", "lo", "--duration", "0.3", "--port", "53901")
    #expect(outcome.status == 0)
    #expect(outcome.text.hasPrefix("Read\n  live:lo\n    live, EN10MB, 0 packets\n"))
    #expect(outcome.errorText == "dnsaudit: listening on lo, link type EN10MB; Ctrl-C ends it\n")
  }

  @Test(
    "a conflict is told while the run goes on, and Ctrl-C brings the report and the status of what was found",
    .requiresRoot("a live conflict"))
  func conflict() throws {
    let command = try RunningCommand(["live", "-i", "lo", "--port", "53902", "--window", "0.1"])
    exchange(port: 53_902, answers: [[192, 0, 2, 1], [203, 0, 113, 66]])
    let isTold = command.wait { $0.output.contains("conflicting-answer: 2 different answers to ") }
    #expect(isTold)
    #expect(command.output.contains("[frames 2-3] (provisional)\n"))
    #expect(!command.output.contains("Answers"))
    #expect(command.end(SIGINT) == 1)
    #expect(command.output.contains("\n\nRead\n  live:lo\n    live, EN10MB, 3 packets\n"))
    #expect(command.output.contains("\nFindings  "))
    #expect(command.output.contains("medium   conflicting-answer"))
  }

  @Test(
    "privileges go when everything is open, and SIGTERM ends a run as Ctrl-C does",
    .requiresRoot("privileges"))
  func privileges() throws {
    let folder = try TemporaryFolder(), page = folder.url.appending(path: "page.html")
    let command = try RunningCommand(
      ["live", "-i", "lo", "--port", "53903", "--json", "--report", page.path()])
    #expect(try command.status("Uid:") == "Uid:\t65534\t65534\t65534\t65534")
    #expect(try command.status("CapEff:") == "CapEff:\t0000000000000000")
    exchange(port: 53_903, answers: [[192, 0, 2, 1]])
    usleep(500_000)
    #expect(command.end(SIGTERM) == 0)
    let lines = command.output.split(separator: "\n")
    #expect(lines.first?.hasPrefix(#"{"event":"run""#) ?? false)
    #expect(lines.last?.hasPrefix(#"{"event":"summary","packets":2,"#) ?? false)
    #expect(try String(contentsOf: page, encoding: .utf8).hasSuffix("</html>\n"))
  }

  @Test(
    "the state of trust points is written at the end, although the privileges that opened its folder are gone",
    .requiresRoot("the state of a live run"))
  func anchorState() throws {
    let folder = try TemporaryFolder(), root = try RolloverCaptures()
    let anchor = try folder.write(root.anchor(), to: "root.conf").path()
    let state = folder.url.appending(path: "state")
    let options = ["--port", "53905", "--trust-anchor", anchor, "--anchor-state", state.path()]
    let command = try RunningCommand(["live", "-i", "lo"] + options)
    let server = LoopbackSender(port: 53_905), client = LoopbackSender(port: 54_905)
    server.send(try root.keySet(.both, day: RolloverCaptures.day(of: Date())), to: 54_905)
    client.send([0], to: 53_905)
    usleep(500_000)
    #expect(command.end(SIGINT) == 0, "\(command.errors)")
    let text = try String(contentsOf: state, encoding: .utf8)
    #expect(text.contains(";{id = \(root.tags[1])} ;;state=1 [ add-pend ]"), "\(text)")
    #expect(
      Set(try FileManager.default.contentsOfDirectory(atPath: folder.url.path())) == ["root.conf", "state"])
  }

  @Test("a run ends after the packets that were asked for", .requiresRoot("a live run with a count"))
  func count() throws {
    let command = try RunningCommand(["live", "-i", "lo", "--port", "53904", "-c", "2"])
    exchange(port: 53_904, answers: [[192, 0, 2, 1], [192, 0, 2, 1]])
    #expect(command.wait { $0.output.contains("live, EN10MB, 2 packets\n") })
    #expect(command.end(SIGINT) == 0)
  }

  /// Asks a question on the loopback and answers it, more than once if so wished.
  private func exchange(port: UInt16, answers: [[UInt8]]) {
    let client = LoopbackSender(port: port + 1_000), server = LoopbackSender(port: port)
    var query = MessageBuilder(id: 0x5353)
    query.addQuestion(wire("www.example."), .a)
    client.send(query.bytes, to: port)
    for address in answers {
      var response = MessageBuilder(id: 0x5353, flags: 0x8400)
      response.addQuestion(wire("www.example."), .a)
      response.addRecord(pointer(12), .a, rdata: address)
      server.send(response.bytes, to: port + 1_000)
    }
  }
}
