@testable import DNSSEC
/// Files of every form, all with the root's key 20326.
enum AnchorTexts {
  /// Its public key, as Debian's dns-root-data has it.
  static let key =
    "AwEAAaz/tAm8yTn4Mfeh5eyI96WSVexTBAvkMgJzkKTOiW1vkIbzxeF3+/4RgWOq7HrxRixHlFlExOLAJr5emLvN7S"
    + "WXgnLh4+B5xQlNVz8Og8kvArMtNROxVQuCaSnIDdD5LKyWbRd2n9WGe2R8PzgCmr3EgVLrjyBxWezF0jLHwVN8efS3"
    + "rCj/EWgvIWgb9tarpVUDK/b58Da+sqqls3eNbuv7pr+eoZG+SrDK6nWeL3c6H5Apxz7LjVc1uTIdsIXxuOLYA4/ilB"
    + "mSVIzuDWfdRUfhHdY6+cn8HFRm+2hM8AnXGXws9555KrUB5qihylGa8subX2Nn6UwNR1AkUTV74bU="
  /// Its digest.
  static let digest = "E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D"

  /// The example of RFC 9718, with the key of its second digest.
  static let xml = """
    <?xml version="1.0" encoding="UTF-8"?>
    <TrustAnchor id="380DC50D-484E-40D0-A3AE-68F2B18F61C7" source="http://data.iana.org/root-anchors/root-anchors.xml">
    <Zone>.</Zone>
    <!-- The first key. -->
    <KeyDigest id="Kjqmt7v" validFrom="2010-07-15T00:00:00+00:00" validUntil="2019-01-11T00:00:00+00:00">
    <KeyTag>19036</KeyTag>
    <Algorithm>8</Algorithm>
    <DigestType>2</DigestType>
    <Digest>49AAC11D7B6F6446702E54A1607371607A1A41855200FD2CE1CDDE32F24E8FB5</Digest>
    </KeyDigest>
    <KeyDigest id="Klajeyz" validFrom="2017-02-02T00:00:00+00:00">
    <KeyTag>20326</KeyTag>
    <Algorithm>8</Algorithm>
    <DigestType>2</DigestType>
    <Digest>\(digest)</Digest>
    <PublicKey>\(key)</PublicKey>
    <Flags>257</Flags>
    </KeyDigest>
    </TrustAnchor>

    """

  /// BIND's bind.keys and a named.conf around it.
  static let bind = """
    /* what BIND trusts; // is no comment
       in here */
    options { directory "/var/cache/bind"; dnssec-validation yes; };
    view "inside" {
      trust-anchors { # of RFC 5011
        . initial-key 257 3 8 "\(key.prefix(100))
                \(key.dropFirst(100))"; // 20326
        "static.test." static-ds 20326 8 2 "\(digest)";
        initial.test initial-ds 20326 8 2 "\(digest)";
        fixed.test. static-key 257 3 8 "\(key)";
      };
      managed-keys { old.test. initial-key 257 3 8 "\(key)"; };
    };
    trusted-keys {
      "older.test." 257 3 8 "\(key)";
    };

    """

  /// Unbound's auto-trust-anchor-file during a rollover.
  static let autotrust = """
    ; autotrust trust anchor file
    ;;id: . 1
    ;;last_queried: 1500000000 ;;Fri Jul 14 02:40:00 2017
    ;;last_success: 1500000000 ;;Fri Jul 14 02:40:00 2017
    ;;next_probe_time: 1500040000 ;;Fri Jul 14 13:46:40 2017
    ;;query_failed: 0
    ;;query_interval: 43200
    ;;retry_time: 8640
    .\t172800\tIN\tDNSKEY\t257 3 8 \(key) ;{id = 20326 (ksk), size = 2048b} ;;state=1 [ ADDPEND ] ;;count=2 ;;lastchange=1499900000 ;;Wed Jul 12 22:53:20 2017
    .\t172800\tIN\tDNSKEY\t257 3 13 AAEC ;{id = 1 (ksk), size = 0b} ;;state=2 [  VALID  ] ;;count=0 ;;lastchange=1400000000 ;;Tue May 13 16:53:20 2014
    .\t172800\tIN\tDNSKEY\t257 3 13 AAED ;{id = 2 (ksk), size = 0b} ;;state=3 [ MISSING ] ;;count=0 ;;lastchange=1450000000 ;;Sun Dec 13 09:46:40 2015
    .\t172800\tIN\tDNSKEY\t385 3 13 AAEE ;{id = 3 (ksk), size = 0b} ;;state=4 [ REVOKED ] ;;count=0 ;;lastchange=1450000000 ;;Sun Dec 13 09:46:40 2015

    """

  /// An unbound.conf.
  static let unbound = """
    server:
      # trust-anchor: "no. DS 1 8 2 AB"
      val-log-level: 2
      trust-anchor: ". DS 20326 8 2 \(digest)"
      trust-anchor: 'test. 3600 IN DNSKEY 257 3 8 \(key)'

    """

  /// All of them, and a zone file.
  static let all = [xml, bind, autotrust, unbound, ". 1d IN DS ( 20326 8 2 ; digest\n  \(digest) )\n"]
}

/// The error of an anchor file's text; nil when it is read.
func anchorFileError(_ text: String) -> AnchorFileError? {
  do throws(AnchorFileError) {
    _ = try AnchorFile.parse(text, source: "f")
    return nil
  } catch {
    return error
  }
}
