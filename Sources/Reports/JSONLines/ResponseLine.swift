import Bytes
import DNSWire
import Findings

extension JSONLineWriter {
  /// Writes the members of `response`.
  mutating func write(_ response: ResponseEvent) {
    field("event", "response")
    origin(
      file: response.file, frame: response.frame, frames: response.frames, time: response.time,
      flow: response.flow)
    header(id: response.id, flags: response.flags, rcode: response.rcode)
    edns(response.edns)
    field("qname", response.question?.name)
    field("qtype", response.question?.type.mnemonic)
    field("qclass", response.question?.recordClass.mnemonic)
    field("do", response.dnssecOK)
    array("server_ede") { list in
      for entry in response.serverEDE {
        list.object {
          $0.field("code", entry.code)
          $0.field("text", entry.text)
        }
      }
    }
    verdict(response.verdict)
    field("signed", response.signed)
    field("corroborated", response.corroborated)
    field("transaction", response.transaction.word)
    field("query_frame", response.queryFrame)
    if let file = response.queryFile { field("query_file", file) }
    field("rtt_us", response.rttMicroseconds)
    array("rrsets") { list in
      for rrset in response.rrsets { list.object { $0.write(rrset, at: response.time) } }
    }
  }

  /// Writes the members of an entry of `rrsets`.
  private mutating func write(_ rrset: RRsetEntry, at time: Timestamp) {
    field("section", rrset.section.word)
    field("name", rrset.name)
    field("type", rrset.type.mnemonic)
    field("ttl", rrset.ttl)
    field("count", rrset.count)
    verdict(rrset.verdict)
    array("rrsigs") { list in
      for signature in rrset.signatures { list.object { $0.write(signature, at: time) } }
    }
  }

  /// Writes the members of an entry of `rrsigs`; its 32-bit times are those nearest to the response.
  private mutating func write(_ signature: SignatureEntry, at time: Timestamp) {
    field("signer", signature.signer)
    key(tag: signature.keyTag, algorithm: signature.algorithm)
    field("inception", time.nearest(to: signature.inception))
    field("expiration", time.nearest(to: signature.expiration))
    field("status", signature.status.word)
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
