import Testing

@testable import Benchmarks

@Suite("Limits of counts") struct CountLimitsTests {
  private static let entry = CountLimits.Entry(job: "audit", what: "instructions")

  @Test("a count passes up to the margin above what is kept, and no further")
  func margin() throws {
    let limits = try CountLimits("# JOB COUNTED COUNT\naudit instructions 100000\n")
    #expect(limits.fault(CountLimitsTests.entry, 50_000) == nil)
    #expect(limits.fault(CountLimitsTests.entry, 103_005) == nil)
    let fault = try #require(limits.fault(CountLimitsTests.entry, 103_006))
    #expect(fault == "103006 where 100000 is kept: more than 3 % above it")
  }

  @Test("a handful of allocations more for 1,000 packets is none")
  func slack() throws {
    let limits = try CountLimits("audit instructions 0")
    #expect(limits.fault(CountLimitsTests.entry, 5) == nil)
    #expect(limits.fault(CountLimitsTests.entry, 6) != nil)
  }

  @Test("a count without a limit fails")
  func missing() throws {
    let fault = try CountLimits("decode instructions 5").fault(CountLimitsTests.entry, 1)
    #expect(fault == "no limit is kept for it")
  }

  @Test(
    "what is no limit is an error", arguments: ["audit instructions", "audit instructions -1", "a b c d"])
  func broken(text: String) {
    #expect(throws: BenchmarkError.self) { try CountLimits(text) }
  }
}
