/// The times that matching goes by, in nanoseconds of capture time.
package struct TransactionTiming: Sendable {
  /// A query without an answer is given up after this: 15 s outlast three tries of 5 s, the default of resolv.conf(5)
  /// and dig, and are the window in which Hold-On (Duan et al. 2012) looks for a second answer.
  package var giveUp: Int64 = 15_000_000_000
  /// And is remembered for as long again, so that a late answer is told from one that nobody asked for.
  package var remember: Int64 = 15_000_000_000
  /// A response waits this long for a query that is captured after it. Queues of one network card disagree by
  /// about a millisecond, clocks of two hosts set by NTP over the Internet by some tens.
  package var reorder: Int64 = 50_000_000
  /// Copies of one packet, from both sides of a mirrored switch or from several VLANs, lie within this.
  package var mirror: Int64 = 5_000_000
  /// After a silence of an hour, as in files put together from several captures, absence is no evidence at first.
  package var silence: Int64 = 3_600_000_000_000

  /// The figures above.
  package init() {}

  /// How long a transaction is remembered after its last query.
  var memory: Int64 { giveUp &+ remember }
}

/// Bounds on what the table keeps; what falls out of one is counted.
package struct TransactionLimits: Sendable {
  /// Transactions remembered at once: 30 s of 8,700 queries a second, 104 octets each, 27 MB, and for
  /// each with more than a query and an answer 44 octets.
  package var transactions = 1 << 18
  /// Responses waiting for their query: 50 ms of 327,000 responses a second, 176 octets each at most, 3 MB.
  package var waiting = 1 << 14
  /// Further queries, and further answers, of all transactions together: 40 octets each at most,
  /// 2.6 MB both.
  package var notes = 1 << 15
  /// Transactions with the same addresses, ports and ID (a client that never changes them), responses waiting for one
  /// such, and queries and answers of one transaction that are told apart; honest ones have one or two.
  package var perKey = 16
  /// Responses with the key of one transaction that are kept one by one: a forger who hears the query and repeats
  /// himself more often has been caught long ago.
  package var responsesPerKey: UInt16 = 1_024

  /// The figures above.
  package init() {}
}
