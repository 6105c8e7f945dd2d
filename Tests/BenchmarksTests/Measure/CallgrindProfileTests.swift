import Testing

@testable import Benchmarks

/// A file of callgrind's with everything that the reader has to tell apart.
private let profile = """
  # callgrind format
  version: 1
  cmd: dnsaudit decode
  positions: line
  events: Ir
  ob=(1) /tmp/dnsaudit
  fl=(1) ???
  fn=(1) main
  0 10
  cob=(2) /lib/x86_64-linux-gnu/libc.so.6
  cfn=(2) malloc
  calls=3 0
  0 600
  +4 7
  cfn=(3) decode
  calls=1 0
  * 50
  ob=(2)
  fn=(2)
  0 600
  ob=(1)
  fn=(3)
  -4 50
  cob=(2)
  cfn=(2)
  calls=2 0
  0 400
  totals: 667
  """

@Suite("Callgrind profiles") struct CallgrindProfileTests {
  @Test("instructions count where they are spent, and what a callee cost does not count again")
  func instructions() throws {
    let profile = try CallgrindProfile(profile)
    #expect(profile.instructions == ["dnsaudit": 67, "libc.so.6": 600])
    #expect(profile.instructions(of: ["dnsaudit", "libswift"]) == 67)
  }

  @Test("calls are summed over all callers, also where a name stands as its number")
  func calls() throws {
    let profile = try CallgrindProfile(profile)
    #expect(profile.calls(of: ["malloc", "calloc"]) == 5)
    #expect(profile.calls(of: ["decode"]) == 1)
  }

  @Test("what is no such file is an error", arguments: ["", "ob=a\ncalls=x 0\n", "ob=a\n0 x\n"])
  func broken(text: String) {
    #expect(throws: BenchmarkError.self) { try CallgrindProfile(text) }
  }
}
