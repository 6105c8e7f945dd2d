import Bytes
import DNSSEC
import DNSWire
import Findings
import Transactions

/// The members of `response`, whose order `write` has; `ResponseLines` writes the same from what an audit keeps.
extension JSONLineWriter {
  /// Writes the members of `response`.
  mutating func write(_ response: ResponseEvent) {
    field("event", "response")
    origin(
      file: response.file, frame: response.frame, frames: response.frames, time: response.time,
      flow: response.flow)
    field("id", response.id)
    header(flags: response.flags, rcode: response.rcode)
    edns(response.edns)
    if let question = response.question {
      self.question(question.name.wire.span, question.type, question.recordClass)
    } else {
      noQuestion()
    }
    field("do", response.dnssecOK)
    serverErrors(response.serverEDE)
    verdict(response.verdict)
    signed(response.signed)
    match(
      corroborated: response.corroborated, response.transaction, queryFrame: response.queryFrame,
      queryFile: response.queryFile, rttMicroseconds: response.rttMicroseconds)
    array("rrsets") { list in
      for rrset in response.rrsets { list.object { $0.write(rrset, at: response.time) } }
    }
  }

  /// Writes the members of an entry of `rrsets`.
  private mutating func write(_ rrset: RRsetEntry, at time: Timestamp) {
    self.rrset(rrset.section, rrset.name.wire.span, rrset.type, ttl: rrset.ttl, count: rrset.count)
    verdict(rrset.verdict)
    array("rrsigs") { list in
      for signature in rrset.signatures { list.object { $0.write(signature, at: time) } }
    }
  }

  /// Writes `qname`, `qtype` and `qclass`.
  mutating func question(_ name: Span<UInt8>, _ type: RecordType, _ recordClass: RecordClass) {
    ready(name.count &* OutputSpan<UInt8>.maximumNameGrowth &+ 96) { out in
      out.append(#","qname":""#)
      out.append(name: name)
      out.append(#"","qtype":""#)
      out.append(word: type.mnemonic)
      out.append(#"","qclass":""#)
      out.append(word: recordClass.mnemonic)
      out.append(#"""# as StaticString)
    }
  }

  /// Writes the same without a question.
  mutating func noQuestion() { ready(48) { $0.append(#","qname":null,"qtype":null,"qclass":null"#) } }

  /// Writes `server_ede`.
  mutating func serverErrors(_ errors: [(code: UInt16, text: String)]) {
    array("server_ede") { list in
      for entry in errors {
        list.object {
          $0.field("code", entry.code)
          $0.field("text", entry.text)
        }
      }
    }
  }

  /// Writes `signed`.
  mutating func signed(_ isSigned: Bool) {
    ready(16) { out in
      out.append(#","signed":"#)
      out.append(isSigned)
    }
  }

  /// Writes from `corroborated` to `rtt_us`: how the response fits to others and to its query.
  mutating func match(
    corroborated: Int?, _ status: TransactionStatus, queryFrame: Int?, queryFile: Int?,
    rttMicroseconds: Int64?
  ) {
    // The keys take 68 octets, a status 11, each of four numbers 20.
    ready(192) { out in
      out.append(#","corroborated":"#)
      out.append(decimalOrNull: corroborated)
      out.append(#","transaction":""#)
      out.append(word: status.word)
      out.append(#"","query_frame":"#)
      out.append(decimalOrNull: queryFrame)
      if let queryFile {
        out.append(#","query_file":"#)
        out.append(decimal: queryFile)
      }
      out.append(#","rtt_us":"#)
      out.append(decimalOrNull: rttMicroseconds)
    }
  }

  /// Writes the first members of an entry of `rrsets`: `section`, `name`, `type`, `ttl` and `count`.
  mutating func rrset(
    _ section: Section, _ owner: Span<UInt8>, _ type: RecordType, ttl: UInt32, count: Int
  ) {
    ready(owner.count &* OutputSpan<UInt8>.maximumNameGrowth &+ 128) { out in
      out.append(#""section":""#)
      out.append(word: section.word)
      out.append(#"","name":""#)
      out.append(name: owner)
      out.append(#"","type":""#)
      out.append(word: type.mnemonic)
      out.append(#"","ttl":"#)
      out.append(decimal: ttl)
      out.append(#","count":"#)
      out.append(decimal: count)
    }
  }

  /// Writes the members of an entry of `rrsigs`; its 32-bit times are those nearest to the response.
  mutating func write(_ signature: SignatureEntry, at time: Timestamp) {
    let signer = signature.signer.wire
    // The keys take 78 octets, two times 60, a status 21, an algorithm 18, a key tag 5.
    ready(signer.count &* OutputSpan<UInt8>.maximumNameGrowth &+ 256) { out in
      out.append(#""signer":""#)
      out.append(name: signer.span)
      out.append(#"","key_tag":"#)
      out.append(decimal: signature.keyTag)
      out.append(#","algorithm":""#)
      out.append(word: SecurityAlgorithm(rawValue: signature.algorithm).mnemonic)
      out.append(#"","inception":""#)
      out.append(time.nearest(to: signature.inception))
      out.append(#"","expiration":""#)
      out.append(time.nearest(to: signature.expiration))
      out.append(#"","status":""#)
      out.append(word: signature.status.word)
      out.append(#"""# as StaticString)
    }
    weak(signature.weak)
  }
}

extension Section {
  /// The word in the output.
  var word: String {
    switch self {
    case .answer: "answer"
    case .authority: "authority"
    case .additional: "additional"
    }
  }
}
