import Foundation
import TestSupport
import Testing

@Suite("Files that end too early") struct CutFileTests {
  @Test(
    "a capture cut inside a packet is judged as far as it goes, and the loss is named with frame and offset")
  func cut() throws {
    let folder = try TemporaryFolder(), whole = try Sample.clean.bytes
    let file = try folder.write(whole.dropLast(10), to: "cut.pcap").path()
    let outcome = try dnsaudit("--json", "--trust-anchor", Sample.clean.anchors, file)
    #expect(outcome.status == 0)
    #expect(
      outcome.errorText.hasPrefix("dnsaudit: \(file) is cut short inside packet 344, which begins at byte "))
    #expect(outcome.errorText.hasSuffix("; the packets before it were read\n"))
    let capture = try #require(try outcome.events("capture").first)
    #expect(capture["truncated"] as? Bool == true)
    #expect(capture["packets"] as? Int == 343)
    #expect(try outcome.events("response").count > 100)
  }

  @Test("--strict makes that status 3, with the same output", arguments: ["audit", "decode"])
  func strict(command: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(Sample.clean.bytes.dropLast(10), to: "cut.pcap").path()
    let epoch = ["SOURCE_DATE_EPOCH": "1"], arguments = [command, "--trust-anchor", Sample.clean.anchors]
    let options = command == "audit" ? arguments : [command]
    let lax = try run(Environment.command, options + [file], environment: epoch)
    let strict = try run(Environment.command, options + ["--strict", file], environment: epoch)
    #expect(lax.status == 0)
    #expect(strict.status == 3)
    #expect(lax.output == strict.output)
    #expect(strict.errorText.contains("is cut short inside packet 344"))
    #expect(try run(Environment.command, options + ["--strict", Sample.clean.path]).status == 0)
  }

  @Test("a capture is read from a pipe, and a cut one from there is told as standard input")
  func standardInput() throws {
    let whole = try run(
      Environment.command, ["--json", "--trust-anchor", Sample.clean.anchors, "-"], input: Sample.clean.bytes)
    #expect(whole.status == 0)
    #expect(try whole.events("response").count == 154)
    #expect(try #require(try whole.events("capture").first)["path"] as? String == "-")
    let piped = try shell(#"head -c 50000 "$1" | "$0" decode -q -"#, Sample.clean.path)
    #expect(piped.status == 0)
    #expect(piped.errorText.hasPrefix("dnsaudit: standard input is cut short inside packet "))
  }

  @Test("standard input that is empty or closed cannot be read")
  func noInput() throws {
    let empty = try dnsaudit("-")
    #expect(empty.status == 3)
    #expect(empty.errorText.hasPrefix("dnsaudit: standard input is empty"))
    let closed = try shell(#""$0" - <&-"#)
    #expect(closed.status == 3)
    #expect(closed.errorText.contains("Bad file descriptor"))
  }
}
