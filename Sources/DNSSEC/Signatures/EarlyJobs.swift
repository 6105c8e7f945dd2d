/// The numbers of jobs by what they are: the first one of each RRSIG by its number, since most have no other, in an eighth of
/// the memory that a dictionary takes.
struct EarlyJobs {
  /// The job of an RRSIG, without that.
  private struct First {
    let rrset: UInt32, key: UInt32
    /// One more than its number; 0 for an RRSIG that has none.
    let number: UInt32

    /// Of an RRSIG without a job.
    static let none = First(rrset: 0, key: 0, number: 0)
  }

  private var first: [First] = [], others: [VerificationJobs.Job: UInt32] = [:]
  /// Whether any of the others is of an RRSIG that has no first one.
  private var hasLoneOthers = false

  /// RRSIGs with a place of their own, 12 octets each and 192 MiB all: as many distinct ones as 7 GB of a capture hold
  /// that has nothing else. Those beyond are in the dictionary.
  private static let firstLimit = 1 << 24

  /// How many there are.
  private(set) var count = 0

  /// The number of a job; nil when it has none.
  subscript(_ job: VerificationJobs.Job) -> UInt32? {
    let index = Int(job.pair.signature)
    guard index < first.count, first[index].number > 0 else { return hasLoneOthers ? others[job] : nil }
    if first[index].rrset == job.pair.rrset, first[index].key == job.key { return first[index].number - 1 }
    return others[job]
  }

  /// Notes the number of a job that has none.
  mutating func note(_ job: VerificationJobs.Job, _ number: UInt32) {
    count += 1
    let index = Int(job.pair.signature)
    guard index < EarlyJobs.firstLimit, number < .max else {
      hasLoneOthers = true
      return others[job] = number
    }
    while first.count <= index { first.append(.none) }
    guard first[index].number == 0 else { return others[job] = number }
    first[index] = First(rrset: job.pair.rrset, key: job.key, number: number + 1)
  }
}
