import Bytes
import DNSSEC
import DNSWire
import Findings

extension TextCanvas {
  /// One response in a line, in the order of tcpdump's: frame, time, from and to, question, code, and the word.
  mutating func write(_ response: ResponseEvent) {
    let question =
      response.question.map { "\($0.name) \($0.type.mnemonic)" } ?? "(no question)"
    let frame = (response.file.map { "\($0):" } ?? "") + "\(response.frame)"
    let verdict = response.verdict, word = verdict.security.word
    let reason = Printable(verdict.edeText + verdict.reason)
    line(
      "\(frame) \(response.time.rfc3339) \(response.flow.source).\(response.flow.sourcePort) > "
        + "\(response.flow.destination).\(response.flow.destinationPort) \(question) "
        + "\(response.rcode.mnemonic) \(paint(word, verdict.security.style)) \(reason)")
  }
}
