@testable import Findings
import Testing

@testable import Transactions

/// Which addresses belong to one resolver.
@Suite struct ResolutionsTests {
  /// Resolutions in which a resolver answers clients from one address and asks upstream from another.
  private func scene(_ count: Int) -> CaseFile {
    var scene = CaseScene()
    for number in 0..<count {
      let name = "n\(number).test.", data = ["\(name) 300 A 192.0.2.1"]
      scene.answer("\(name) A", data, at: Double(number)) { $0.client = "192.0.2.54" }
      scene.answer("\(name) A", data, at: Double(number) + 0.01) {
        ($0.server, $0.client, $0.isRecursive, $0.isAuthoritative) = ("192.0.2.53", "192.0.2.9", true, false)
        $0.trip = 50_000
      }
    }
    return scene.caseFile()
  }

  @Test("all addresses of a host are found from each of them, and others stand alone", arguments: [1, 2])
  func addresses(_ resolutions: Int) throws {
    let caseFile = scene(resolutions), hosts = Investigation(caseFile).resolutions
    let number = { (text: String) in try #require(caseFile.addresses.known(CaseScene.address(text))) }
    let (asks, answers) = (try number("192.0.2.54"), try number("192.0.2.53"))
    let isOne = resolutions > 1
    #expect(hosts.isSameHost(asks, answers) == isOne)
    #expect(Set(hosts.addresses(ofHost: answers)) == (isOne ? [asks, answers] : [answers]))
    #expect(hosts.addresses(ofHost: asks) == hosts.addresses(ofHost: answers) || !isOne)
    let client = try number("192.0.2.9")
    #expect(hosts.addresses(ofHost: client) == [client])
  }
}
