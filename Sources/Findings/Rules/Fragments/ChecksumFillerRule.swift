import DNSWire
import Packets

/// F4: the version of an answer with a planted fragment keeps the UDP checksum of the genuine one, and has records or
/// EDNS options that the genuine one does not have and that tell a resolver nothing: they even the sum out.
enum ChecksumFillerRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    return investigation.fragments.all.compactMap { forgery in
      guard let genuine = forgery.genuineRecords.first,
        let forged = forgery.forgedRecords.first(where: { hasFiller($0, beside: genuine, caseFile) })
      else { return nil }
      var charge = Charge(
        .checksumFiller, .structure, .supports, .low, .low,
        "the version of the answer with the fragment in frame \(forgery.forged.number) has a right checksum, and records or options that only even it out"
      )
      charge.records = [forged]
      charge.packets = [forgery.forged]
      charge.benign = ["EDNS padding (RFC 7830)"]
      charge.references = ["Herzberg and Shulman 2013"]
      return charge
    }
  }

  /// Whether a version has more than the genuine one: another OPT record, or records beside the data that are no
  /// addresses.
  private static func hasFiller(_ forged: Int, beside genuine: Int, _ caseFile: CaseFile) -> Bool {
    let network = caseFile.records[forged].network
    guard !caseFile.records[forged].traits.contains(.damaged), !network.flags.contains(.checksumAbsent) else {
      return false
    }
    let known = Set(caseFile.answer(genuine).rrsets.map(\.rrset))
    let hasRecords = caseFile.answer(forged).rrsets.contains { rrset in
      rrset.section == .additional && ![.a, .aaaa, .rrsig].contains(rrset.type)
        && !known.contains(rrset.rrset)
    }
    return hasRecords || caseFile.body(forged).isMalformed
      || caseFile.body(forged).edns != caseFile.body(genuine).edns
  }
}
