import Bytes
import DNSSEC
import DNSWire

/// What would break if validation were on: the bogus answers that resolvers delivered to clients.
package struct WouldBreak: Sendable {
  /// Names and types, counted up to a bound, and answers.
  package var names = 0, answers = 0
  /// Those that most clients asked for, first.
  package var top: [BreakingName] = []

  /// Nothing would.
  package init() {}

  /// From the fields.
  package init(names: Int, answers: Int, top: [BreakingName]) {
    (self.names, self.answers, self.top) = (names, answers, top)
  }
}

/// A name that clients would no longer reach.
package struct BreakingName: Sendable {
  /// The question.
  package var name: Name, type: RecordType
  /// Bogus answers to it, some of the clients that got one, and how many these are.
  package var count: Int, clients: [IPAddress], clientCount: Int
  /// The first of the answers, and its input when there are several.
  package var firstFrame: Int, firstFile: Int?
  /// Why that is bogus.
  package var verdict: Verdict
  /// The frame of a secure answer to the same question, if the capture has one: then validation would have kept forged or
  /// damaged data out, and broken nothing.
  package var secureFrame: Int?

  /// From the fields.
  package init(
    name: Name, type: RecordType, count: Int, clients: [IPAddress], clientCount: Int, firstFrame: Int,
    firstFile: Int?,
    verdict: Verdict, secureFrame: Int?
  ) {
    (self.name, self.type, self.count, self.clients) = (name, type, count, clients)
    (self.clientCount, self.firstFrame, self.firstFile) = (clientCount, firstFrame, firstFile)
    (self.verdict, self.secureFrame) = (verdict, secureFrame)
  }
}
