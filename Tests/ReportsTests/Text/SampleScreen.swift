/// What the text summary says of `Sample.events`, section by section.
enum SampleScreen {
  /// All of it, in its order.
  static let text = [read, answers, zones, incidents, findings, hardness, limits, leftovers].joined(
    separator: "\n")

  /// What was read, and with what it was judged.
  static let read = """
    Read
      captures/sample.pcap
        pcap, EN10MB, 310.9 KiB, 1,204 packets, SHA-256 9f86d081884c7d65...
        2016-10-20 15:23:01 UTC to 2016-10-20 15:25:12 UTC (2 min 11 s)
      1,190 DNS messages: 597 queries, 590 responses
      judged by dnsaudit 0.1.0, OpenSSL 3.0.22, anchor 19036 of the root (built-in)

    """

  /// The answers by word.
  static let answers = """
    Answers
      secure          447   75.7 %  ##################################
      insecure        120   20.3 %  #########
      indeterminate    20    3.3 %  #
      bogus             3    0.5 %  #

    """

  /// The tree of zones, and what is missing in it.
  static let zones = """
    Zones  6: 1 bogus, 1 indeterminate, 1 insecure, 3 secure
      .                 secure         anchor 19036 -> KSK 19036, ZSK 39291
        org.            secure         DS 9795 -> KSK 9795
          broken.org.   bogus
              EDE 9: no DNSKEY of broken.org. matches DS 4711 13 2; keys seen: 815
              (KSK)
          example.org.  secure         DS 2 -> CSK 2
          plain.org.    insecure
              NSEC3 of org. in frame 18 proves that plain.org. has no DS
        lonely.test.    indeterminate
            EDE 5: the capture holds no DS of test.: the answer to 'test. DS' would
            close the gap

    """

  /// The incidents, with everything that is known of each.
  static let incidents = """
    Incidents  2: 1 critical, 1 medium
      I1   critical race (confidence confirmed)
           192.0.2.1, about www.example.org.: 1 forged packet; forged data were
           taken and reached 2 hosts
           2016-10-20 15:23:01 UTC to 2016-10-20 15:23:10 UTC
           forged    frame 13, in the name of 192.0.2.53: NOERROR www.example.org. A
                     203.0.113.66
           genuine   frame 12: NOERROR www.example.org. A 192.0.2.80
           because   K crypto: it is bogus; and 1 more
                     C content: 2 different answers to www.example.org. A
                     N network: frame 13 has an IP TTL that this server does not
                     have
           poisoned  www.example.org. A 203.0.113.66, TTL 3,600 s, until 2016-10-20
                     16:23:01 UTC
           served in frames 14, 40
           reached   192.0.2.129 2016-10-20 15:23:02 UTC, frame 14, good until
                     2016-10-20 16:23:01 UTC
                     192.0.2.130 2016-10-20 15:23:03 UTC, frame 40, good until
                     2016-10-20 16:23:01 UTC
           contacts  192.0.2.129 to 203.0.113.66 port 443/tcp, 2016-10-20 15:23:03
                     UTC to 2016-10-20 15:23:04 UTC, 12 packets from frame 21 on
           recovery  first clean answer 2016-10-20 15:24:01 UTC, frame 90
           findings  F1
      I2   medium   kaminsky (confidence medium)
           192.0.2.1, about names in example.net.: 50,000 forged packets; forged
           data were not taken
           2016-10-20 15:23:21 UTC to 2016-10-20 15:23:26 UTC
           forged    frames 1000-1099 ... (50,000 in all), in the name of
                     2001:db8::53
           because   V volume: 50,000 answers to questions that were open, with
                     wrong IDs
                     ids_tried: 49822
                     order: random
           findings  F2

    """

  /// The findings.
  static let findings = """
    Findings  3: 1 high, 1 medium, 1 info
      F1   high     conflicting-answer (confidence confirmed) in I1: frames 12-13
      F2   medium   bogus (confidence high) in I2: input 1, frame 31
      F3   info     unsigned (confidence confirmed)
           Signatures for example.net. were not requested: no query has the DO bit.
           frames 50-59

    """

  /// How hard the resolver is to guess at.
  static let hardness = """
    How hard to guess  1 host with 26 queries or more, as seen here
      192.0.2.1 (resolver), 40 queries
          ports GREAT: 40 different in 40, standard deviation 18900
          IDs POOR: counting up, all close together (40 different in 40, standard
          deviation 12)
          letter case POOR: 0 % of queries, cookies GREAT: 100 % of queries

    """

  /// What limits the conclusions.
  static let limits = """
    What limits these conclusions
      - 1 zone indeterminate: under Zones stands what would close each gap.
      - Some queries for example.net. asked for no signatures: the answers to them
        prove nothing.
      - 2 TCP streams have gaps: 3 messages could not be read.

    """

  /// What could not be read or judged.
  static let leftovers = """
    What could not be read or judged
      - 3 messages malformed: decoded as far as possible.
      - Not judged: 14 mdns, 2 notify.

    """
}
