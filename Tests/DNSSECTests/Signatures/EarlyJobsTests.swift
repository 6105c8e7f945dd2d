import Testing

@testable import DNSSEC

@Suite("The numbers of jobs")
struct EarlyJobsTests {
  /// A job.
  private func job(_ rrset: UInt32, _ signature: UInt32, _ key: UInt32) -> VerificationJobs.Job {
    VerificationJobs.Job(pair: SignaturePair(rrset: rrset, signature: signature), key: key)
  }

  @Test("are told apart where one RRSIG has several keys, and stands over several RRsets")
  func several() {
    let known = [job(1, 9, 1), job(1, 9, 2), job(2, 9, 1), job(1, 3, 1), job(0, 0, 0)]
    var jobs = EarlyJobs()
    for (number, job) in known.enumerated() { jobs.note(job, UInt32(number)) }
    #expect(jobs.count == 5)
    #expect(known.map { jobs[$0] } == [0, 1, 2, 3, 4])
    #expect([job(2, 9, 2), job(1, 4, 1), job(1, 3, 2), job(7, 77, 7)].allSatisfy { jobs[$0] == nil })
  }

  @Test("are found again where they, or those of RRset, RRSIG and key, are the last that there are")
  func last() {
    let known: [(VerificationJobs.Job, UInt32)] = [
      (job(.max, 5, .max), .max), (job(.max, 5, 1), .max - 1), (job(1, 5, .max), 0), (job(1, 6, 1), .max - 1),
      (job(.max, .max, .max), 7), (job(1, .max, 1), 8),
    ]
    var jobs = EarlyJobs()
    for (job, number) in known { jobs.note(job, number) }
    #expect(known.allSatisfy { jobs[$0.0] == $0.1 } && jobs.count == known.count)
    #expect([job(.max, 6, .max), job(2, .max, 1), job(.max, 7, .max)].allSatisfy { jobs[$0] == nil })
  }
}
