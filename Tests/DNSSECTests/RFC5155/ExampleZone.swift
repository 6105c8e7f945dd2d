import DNSSEC

/// The NSEC3 records of the example zone, by the name that each hash stands for (RFC 5155 appendix A).
enum RFC5155Zone {
  static let apex =
    "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example. NSEC3 1 1 12 aabbccdd 2t7b4g4vsa5smi47k61mv5bv1a22bojr MX DNSKEY NS SOA NSEC3PARAM RRSIG"
  static let ns1 =
    "2t7b4g4vsa5smi47k61mv5bv1a22bojr.example. NSEC3 1 1 12 aabbccdd 2vptu5timamqttgl4luu9kg21e0aor3s A RRSIG"
  static let xyw =
    "2vptu5timamqttgl4luu9kg21e0aor3s.example. NSEC3 1 1 12 aabbccdd 35mthgpgcu1qg68fab165klnsnk3dpvl MX RRSIG"
  static let a =
    "35mthgpgcu1qg68fab165klnsnk3dpvl.example. NSEC3 1 1 12 aabbccdd b4um86eghhds6nea196smvmlo4ors995 NS DS RRSIG"
  static let xw =
    "b4um86eghhds6nea196smvmlo4ors995.example. NSEC3 1 1 12 aabbccdd gjeqe526plbf1g8mklp59enfd789njgi MX RRSIG"
  static let ai =
    "gjeqe526plbf1g8mklp59enfd789njgi.example. NSEC3 1 1 12 aabbccdd ji6neoaepv8b5o6k4ev33abha8ht9fgc A HINFO AAAA RRSIG"
  static let yw =
    "ji6neoaepv8b5o6k4ev33abha8ht9fgc.example. NSEC3 1 1 12 aabbccdd k8udemvp1j2f7eg6jebps17vp3n8i58h"
  static let w =
    "k8udemvp1j2f7eg6jebps17vp3n8i58h.example. NSEC3 1 1 12 aabbccdd kohar7mbb8dc2ce8a9qvl8hon4k53uhi"
  static let hashedName =
    "kohar7mbb8dc2ce8a9qvl8hon4k53uhi.example. NSEC3 1 1 12 aabbccdd q04jkcevqvmu85r014c7dkba38o0ji5r A RRSIG"
  static let ns2 =
    "q04jkcevqvmu85r014c7dkba38o0ji5r.example. NSEC3 1 1 12 aabbccdd r53bq7cc2uvmubfu5ocmm6pers9tk9en A RRSIG"
  static let wildcard =
    "r53bq7cc2uvmubfu5ocmm6pers9tk9en.example. NSEC3 1 1 12 aabbccdd t644ebqk9bibcna874givr6joj62mlhv MX RRSIG"
  static let xx =
    "t644ebqk9bibcna874givr6joj62mlhv.example. NSEC3 1 1 12 aabbccdd 0p9mhaveqvm6t7vbl5lop2u3t2rp3tom A HINFO AAAA RRSIG"

  /// Every record and the name that it is for.
  static let all: [(name: String, record: String)] = [
    ("example.", apex), ("ns1.example.", ns1), ("x.y.w.example.", xyw), ("a.example.", a),
    ("x.w.example.", xw),
    ("ai.example.", ai), ("y.w.example.", yw), ("w.example.", w),
    ("2t7b4g4vsa5smi47k61mv5bv1a22bojr.example.", hashedName), ("ns2.example.", ns2),
    ("*.w.example.", wildcard),
    ("xx.example.", xx),
  ]

  /// Evidence of some records, opt-out cleared where the flag is not what is tested.
  static func evidence(_ records: String..., optOut: Bool = true) throws -> DenialEvidence {
    let lines = records.map { optOut ? $0 : $0.replacing("NSEC3 1 1 12", with: "NSEC3 1 0 12") }
    return try denialEvidence("example.", lines: lines)
  }
}
