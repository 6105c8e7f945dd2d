/// The fields of each type's RDATA in the order of presentation format, which is that of the wire.
enum RDataLayout {
  /// The fields of a type; nil when the type has no presentation format of its own in this class.
  static func fields(of type: RecordType, in recordClass: RecordClass) -> [RDataField]? {
    if let fields = anyClass[type] { return fields }
    if recordClass.hasInternetLayouts { return internet[type] }
    return recordClass == .ch && type == .a ? [.name, .octal16] : nil
  }

  /// Types that look the same in every class.
  private static let anyClass: [RecordType: [RDataField]] = [
    .ns: [.name],
    .md: [.name],
    .mf: [.name],
    .cname: [.name],
    .soa: [.name, .name, .uint32, .uint32, .uint32, .uint32, .uint32],
    .mb: [.name],
    .mg: [.name],
    .mr: [.name],
    .ptr: [.name],
    .hinfo: [.string, .string],
    .minfo: [.name, .name],
    .mx: [.uint16, .name],
    .txt: [.strings],
    .rp: [.name, .name],  // RFC 1183
    .afsdb: [.uint16, .name],  // RFC 1183
    .x25: [.string],  // RFC 1183
    .isdn: [.string, .optionalString],  // RFC 1183
    .rt: [.uint16, .name],  // RFC 1183
    .sig: signature,  // RFC 2535
    .key: [.formerKey],  // RFC 2535
    .gpos: [.string, .string, .string],  // RFC 1712
    .loc: [.location],  // RFC 1876
    .nxt: [.name, .oldTypeBitmap],  // RFC 2535
    .cert: [.certificateType, .uint16, .uint8, .base64Rest],  // RFC 4398
    .dname: [.name],  // RFC 6672
    .sink: [.uint8, .uint8, .uint8, .base64RestOrEmpty],
    .ds: digest,  // RFC 4034
    .sshfp: [.uint8, .uint8, .hexRest],  // RFC 4255
    .rrsig: signature,  // RFC 4034
    .nsec: [.name, .typeBitmap],  // RFC 4034
    .dnskey: key,  // RFC 4034
    .nsec3: [.uint8, .uint8, .uint16, .salt, .base32, .typeBitmap],  // RFC 5155
    .nsec3param: [.uint8, .uint8, .uint16, .salt],  // RFC 5155
    .tlsa: [.uint8, .uint8, .uint8, .hexRest],  // RFC 6698
    .smimea: [.uint8, .uint8, .uint8, .hexRest],  // RFC 8162
    .hip: [.hostIdentity],  // RFC 8005
    .ninfo: [.strings],
    .rkey: key,
    .talink: [.name, .name],
    .cds: digest,  // RFC 7344
    .cdnskey: key,  // RFC 7344
    .openpgpkey: [.base64Rest],  // RFC 7929
    .csync: [.uint32, .uint16, .typeBitmap],  // RFC 7477
    .zonemd: [.uint32, .uint8, .uint8, .hexRest],  // RFC 8976
    .dsync: [.recordType, .uint8, .uint16, .name],  // RFC 9859
    .hhit: [.base64Rest],  // RFC 9886
    .brid: [.base64Rest],  // RFC 9886
    .spf: [.strings],  // RFC 7208
    .nid: [.uint16, .groups64],  // RFC 6742
    .l32: [.uint16, .ipv4],  // RFC 6742
    .l64: [.uint16, .groups64],  // RFC 6742
    .lp: [.uint16, .name],  // RFC 6742
    .eui48: [.dashedHex(6)],  // RFC 7043
    .eui64: [.dashedHex(8)],  // RFC 7043
    .tkey: [
      .name, .uint32, .uint32, .uint16, .uint16, .base64Counted(last: false), .base64Counted(last: true),
    ],  // RFC 2930
    .tsig: [
      .name, .uint48, .uint16, .base64WithLength(last: false), .uint16, .tsigError,
      .base64WithLength(last: true),
    ],  // RFC 8945
    .uri: [.uint16, .uint16, .quotedRest(orEmpty: false)],  // RFC 7553
    .caa: [.uint8, .tag, .quotedRest(orEmpty: true)],  // RFC 8659
    .avc: [.strings],
    .doa: [.uint32, .uint32, .uint8, .string, .base64RestOrDash],
    .amtrelay: [.relay],  // RFC 8777
    .resinfo: [.strings],  // RFC 9606
    .wallet: [.strings],
    .cla: [.strings],
    .ipn: [.uint64],
    .ta: digest,
    .dlv: digest,  // RFC 4431
  ]

  /// Types that class IN defines.
  private static let internet: [RecordType: [RDataField]] = [
    .a: [.ipv4],
    .wks: [.ipv4, .uint8, .services],
    .nsap: [.prefixedHexRest],  // RFC 1706
    .nsapPTR: [.name],  // RFC 1706
    .px: [.uint16, .name, .name],  // RFC 2163
    .aaaa: [.ipv6],  // RFC 3596
    .eid: [.hexRest],
    .nimloc: [.hexRest],
    .srv: [.uint16, .uint16, .uint16, .name],  // RFC 2782
    .atma: [.atmAddress],
    .naptr: [.uint16, .uint16, .string, .string, .string, .name],  // RFC 3403
    .kx: [.uint16, .name],  // RFC 2230
    .a6: [.a6],  // RFC 2874
    .apl: [.addressPrefixes],  // RFC 3123
    .ipseckey: [.gateway, .base64RestOrEmpty],  // RFC 4025
    .dhcid: [.base64Rest],  // RFC 4701
    .svcb: [.uint16, .name, .serviceParameters],  // RFC 9460
    .https: [.uint16, .name, .serviceParameters],  // RFC 9460
  ]

  /// SIG and RRSIG (RFC 4034 §3.1).
  private static let signature: [RDataField] = [
    .recordType, .uint8, .uint8, .uint32, .time, .time, .uint16, .name, .base64Rest,
  ]
  /// DS and those shaped like it (RFC 4034 §5.1).
  private static let digest: [RDataField] = [.uint16, .uint8, .uint8, .hexRest]
  /// DNSKEY and those shaped like it (RFC 4034 §2.1).
  private static let key: [RDataField] = [.uint16, .uint8, .uint8, .base64Rest]
}
