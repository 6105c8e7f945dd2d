import Foundation
import TestSupport
import Testing

@Suite("Inputs that cannot be read") struct BadInputTests {
  @Test(
    "what is no capture is named with what it seems to be, and gives status 3 and no report",
    arguments: [
      ("", "is empty; nothing was captured"), ("no", "is not a capture file: it has only 2 bytes"),
      (
        "this is text",
        "is not a capture file: it starts with neither the magic number of pcap nor that of pcapng"
      ),
      ("BZh91AY", "is not a capture file: it is compressed with bzip2; unpack it first"),
      ("\u{1f}\u{8b}\u{8}zipped", "is not a capture file: its gzip data are damaged: "),
    ])
  func noCapture(text: String, sentence: String) throws {
    let folder = try TemporaryFolder()
    let bytes = Data(text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
    try expectUnreadable(folder.write(bytes, to: "capture").path(), sentence)
  }

  @Test("a missing file and a directory are named as such")
  func noFile() throws {
    let folder = try TemporaryFolder()
    try expectUnreadable(folder.url.appending(path: "gone.pcap").path(), "there is no such file")
    try expectUnreadable(folder.url.path(), "is a directory without a capture in it")
  }

  @Test("packets of a link type that nothing here reads are named by its number")
  func linkType() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(Data(SavefileBuilder(linkType: 147).bytes), to: "user.pcap")
    try expectUnreadable(file.path(), "packets of link type ", "(147) cannot be read; capture with Ethernet")
  }

  @Test(
    "a file that the user may not read is named as such",
    .requiresPrograms("setpriv", for: "a forbidden file"))
  func noPermission() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(Sample.clean.bytes, to: "secret.pcap").path()
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file)
    // Root reads everything, unless it has lost these two capabilities.
    let drop = Environment.isRoot ? "setpriv --bounding-set=-dac_override,-dac_read_search" : ""
    let outcome = try shell(#"exec \#(drop) "$0" "$1""#, file)
    #expect(outcome.status == 3)
    #expect(outcome.text == "")
    #expect(
      outcome.errorText.hasPrefix("dnsaudit: \(file): no permission to read it"), "\(outcome.errorText)")
  }

  @Test("beside a bad input the others are audited, and the status is 3")
  func severalFiles() throws {
    let outcome = try dnsaudit(
      "--json", "--trust-anchor", Sample.clean.anchors, Sample.clean.path, "/nowhere/gone.pcap",
      Sample.broken.path)
    #expect(outcome.status == 3)
    #expect(outcome.errorText == "dnsaudit: /nowhere/gone.pcap: there is no such file\n")
    #expect(try outcome.events("capture").compactMap { $0["file"] as? Int } == [0, 2])
    let responses = try outcome.events("response")
    #expect(responses.count(where: { $0["file"] as? Int == 0 }) == 154)
    let broken = try Sample.broken.audit("--json").events("response").count
    #expect(responses.count(where: { $0["file"] as? Int == 2 }) == broken)
  }

  /// Audits and decodes a path and expects status 3, nothing on standard output, and the sentences.
  private func expectUnreadable(_ path: String, _ sentences: String...) throws {
    for command in ["audit", "decode"] {
      let outcome = try dnsaudit(command, path)
      #expect(outcome.status == 3)
      #expect(outcome.text == "")
      #expect(outcome.errorText.hasPrefix("dnsaudit: \(path)"))
      for sentence in sentences { #expect(outcome.errorText.contains(sentence), "\(outcome.errorText)") }
    }
  }

  @Test("a pcapng of a link type that nothing here reads gives status 3 and its name")
  func linkTypeOfInterface() throws {
    let folder = try TemporaryFolder()
    var builder = PcapngBuilder()
    builder.addInterface(linkType: 189)
    builder.add([1, 2, 3])
    let path = try folder.write(Data(builder.bytes), to: "usb.pcapng").path()
    for command in ["audit", "decode"] {
      let outcome = try dnsaudit(command, path)
      #expect(outcome.status == 3)
      #expect(
        outcome.errorText.contains("dnsaudit: \(path): packets of link type USB_LINUX (189) cannot be"))
    }
  }
}
