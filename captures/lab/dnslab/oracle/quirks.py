"""Where the servers of the lab depart from the RFCs: each by its name, with the reason, and no wider than that.

`event` is dnsaudit's on the response, `expected` the word of Unbound, `comparison` knows all words and zones.
"""

from .. import names
from .events import nsec_signer


def is_alias(name, comparison):
    """Whether a CNAME stands at a name, or at a wildcard that answers for it."""
    if name in comparison.types:
        return "CNAME" in comparison.types[name]
    return any("CNAME" in comparison.types.get((b"*",) + name[at:], ()) for at in range(1, len(name)))


def below_alias(event, expected, comparison):
    """Unbound (`harden-below-nxdomain`) takes the NXDOMAIN of a CNAME's target for one of the CNAME's own name, and
    answers for all names below it with the proof about the target, which denies nothing there; so it misses that such
    a name lies in an opt-out span."""
    name = names.labels(event["qname"])
    if event["rcode"] != "NXDOMAIN" or not any(is_alias(name[at:], comparison) for at in range(1, len(name))):
        return False
    if event["security"] == "bogus":
        return comparison.host(event) in ("resolver", "open")
    return event["security"] == "insecure" and expected == "secure" and "opt-out" in event["reason"]


def nsec_beside_cname(event, expected, comparison):
    """RFC 4035 §2.5 lets NSEC stand beside a CNAME, and servers do not follow the CNAME for it. Unbound follows one
    that is in its cache, so that its word is on the target's data; without one it calls the NODATA bogus."""
    name = names.labels(event["qname"])
    return event["qtype"] == "NSEC" and is_alias(name, comparison) \
        and event["security"] in (comparison.word(comparison.apex(name), "SOA"), comparison.word(name, "A"))


def expanded_nsec(event, expected, comparison):
    """Knot answers a question for NSEC from a wildcard's own, and leaves out the NSEC that denies the name where that
    is the same record: as it stands in the answer, expanded, it denies nothing (RFC 4035 §5.3.4)."""
    return event["qtype"] == "NSEC" and event["ede"] == 12 and comparison.host(event) in ("knot", "open") \
        and "made from a wildcard" in event["reason"]


def other_nsec(event, expected, comparison):
    """Where a zone's own NSEC at its apex fails, Unbound asks again and takes the parent's NSEC, which holds."""
    name = names.labels(event["qname"])
    return event["qtype"] == "NSEC" and name in comparison.cuts and expected == "secure" \
        and event["security"] == "bogus" and nsec_signer(event) == name


def unproven_target(event, expected, comparison):
    """NSD leaves out the NSEC that covers the target of a DNAME when it lies below an empty non-terminal. Unbound asks
    for the target once more and never looks at the proof behind an alias."""
    return comparison.host(event) == "nsd" and event["rcode"] == "NXDOMAIN" and event["ede"] == 12 \
        and any(rrset["type"] == "DNAME" for rrset in event["rrsets"])


def failing_ns(event, expected, comparison):
    """Unbound judges the NS RRset that a server adds to an answer, and rejects the answer for it, until it knows that
    the NS RRset fails; RFC 4035 §5 asks for the validity of the answer alone."""
    name = names.labels(event["qname"])
    return expected == "bogus" and event["security"] == "secure" \
        and comparison.word(comparison.apex(name), "NS") in ("bogus", None)


def any_of_many(event, expected, comparison):
    """For ANY, Unbound judges the records at the name alone; resolvers answer from what their caches hold, without the
    denial of a wildcard's name, and with the NS RRset of the parent's side."""
    return event["qtype"] == "ANY" and (
        any(rrset["type"] in ("CNAME", "DNAME") for rrset in event["rrsets"])
        or comparison.host(event) in ("open", "second")
        and ("expanded from a wildcard" in event["reason"] or "NS of " in event["reason"]))


def made_up_types(event, expected, comparison):
    """Knot's NSEC made on demand lists types that are not there, all but the one asked for: a question for ANY shows
    it, and so does a resolver that gives the NSEC to another question."""
    zone = comparison.zone(names.labels(event["qname"]))
    return zone.signer == "online" and event["security"] == "bogus" and event["ede"] == 6 \
        and (event["qtype"] == "ANY" or comparison.host(event) in ("open", "second"))


def spread_nsec(event, expected, comparison):
    """BIND (`synth-from-dnssec`) denies other names with an NSEC that it has seen expanded from a wildcard, which
    proves nothing as it stands (RFC 4035 §5.3.4; CVE-2017-15105 was this in Unbound)."""
    return comparison.host(event) == "second" and event["security"] in ("bogus", "indeterminate") and any(
        rrset["type"] == "NSEC" and rrset["section"] == "authority"
        and names.labels(rrset["name"]) not in comparison.types for rrset in event["rrsets"])


def cname_itself(event, expected, comparison):
    """Asked for a CNAME, Unbound answers from its cache with the rest of the chain too, and judges that which a DNAME
    yields as one that should be signed (RFC 6672 §5.3.1)."""
    name = names.labels(event["qname"])
    if event["qtype"] != "CNAME":
        return False
    if any(rrset["type"] == "DNAME" for rrset in event["rrsets"]):
        return True
    return is_alias(name, comparison) and event["security"] == "secure"


def bare_nsec(event, expected, comparison):
    """BIND answers from its cache with the NSEC of the parent's side of a cut, and leaves out its RRSIG."""
    return comparison.host(event) == "second" and event["qtype"] == "NSEC" and not event["signed"] \
        and names.labels(event["qname"]) in comparison.cuts


QUIRKS = {
    "ANY with more than the name's own records": any_of_many,
    "an NSEC that lists types of no record": made_up_types,
    "a denial by an expanded NSEC": spread_nsec,
    "a question for a CNAME": cname_itself,
    "the parent's NSEC without its RRSIG": bare_nsec,
    "NXDOMAIN below a CNAME whose target does not exist": below_alias,
    "NSEC at the name of a CNAME": nsec_beside_cname,
    "an expanded NSEC that lacks its own denial": expanded_nsec,
    "the parent's NSEC where the child's fails": other_nsec,
    "an answer beside an NS RRset that fails": failing_ns,
    "an answer of NSD without the proof of a DNAME's target": unproven_target,
}
"""All of them."""


def excused(event, expected, comparison):
    """The name of the quirk that explains a disagreement, None if none does."""
    return next((name for name, holds in QUIRKS.items() if holds(event, expected, comparison)), None)
