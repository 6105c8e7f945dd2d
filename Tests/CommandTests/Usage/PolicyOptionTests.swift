import Foundation
import TestSupport
import Testing

@Suite("--policy") struct PolicyOptionTests {
  @Test("without it, or with none, the truth alone counts, and the options say so")
  func none() throws {
    let epoch = ["SOURCE_DATE_EPOCH": "1479600000"], sample = Sample.clean.path
    let plain = try run(Environment.command, ["--json", sample], environment: epoch)
    let none = try run(Environment.command, ["--json", "--policy", "none", sample], environment: epoch)
    #expect(plain.output == none.output)
    let options = try #require(try plain.events("run").first?["options"] as? [String: Any])
    #expect(options["policy"] as? [String] == ["none"])
  }

  @Test("words come with commas or one by one, and the options list what is in force")
  func words() throws {
    for words in [["--policy", "sha1,rsa-small=insecure"], ["--policy", "rsa-small", "--policy", "sha1"]] {
      let outcome = try run(Environment.command, ["--json"] + words + [Sample.clean.path])
      let options = try #require(try outcome.events("run").first?["options"] as? [String: Any])
      #expect(options["policy"] as? [String] == ["sha1=insecure", "rsa-small=insecure"])
    }
  }

  @Test(
    "a word that is not known is wrong usage, told with those that are", arguments: ["sha-1", "", "sha1=no"])
  func unknown(word: String) throws {
    let outcome = try run(Environment.command, ["--policy", word, Sample.clean.path])
    #expect(outcome.status == 2)
    #expect(outcome.errorText.contains("--policy: "))
    #expect(outcome.output.isEmpty)
  }

  @Test("the help names every class")
  func help() throws {
    let text = try run(Environment.command, ["audit", "--help"]).text
    for word in ["md5:", "dsa:", "sha1:", "sha1-ds:", "gost:", "rsa-small:", "rsa-1024:", "rsa-exponent:"] {
      #expect(text.contains(word))
    }
  }
}
