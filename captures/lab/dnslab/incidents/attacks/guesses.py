"""Attackers that guess, intercept, and lie about what they were not asked; and those that plant fragments."""

from . import (birthday, fragment_overlap, fragment_planted, fragment_planted_signed, icmp_probe, interception,
               kaminsky_lost, kaminsky_ns, kaminsky_port_spray, kaminsky_won, out_of_bailiwick, out_of_bailiwick_forged,
               promiscuous_ns, saddns, source_mismatch, unsolicited)

SCENARIOS = {
    "kaminsky-won": kaminsky_won,
    "kaminsky-ns": kaminsky_ns,
    "kaminsky-lost": kaminsky_lost,
    "kaminsky-port-spray": kaminsky_port_spray,
    "birthday": birthday,
    "saddns": saddns,
    "icmp-probe": icmp_probe,
    "unsolicited": unsolicited,
    "out-of-bailiwick": out_of_bailiwick,
    "out-of-bailiwick-forged": out_of_bailiwick_forged,
    "promiscuous-ns": promiscuous_ns,
    "fragment-planted": fragment_planted,
    "fragment-overlap": fragment_overlap,
    "fragment-planted-signed": fragment_planted_signed,
    "interception": interception,
    "source-mismatch": source_mismatch,
}
