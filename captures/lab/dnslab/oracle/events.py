"""What dnsaudit's event on a response shows of it."""

from .. import names


def referral(event):
    """The cut of a referral, None for another response."""
    if any(rrset["section"] == "answer" or rrset["type"] == "SOA" for rrset in event["rrsets"]):
        return None
    cuts = [rrset["name"] for rrset in event["rrsets"] if rrset["section"] == "authority" and rrset["type"] == "NS"]
    return cuts[0] if cuts and event["rcode"] == "NOERROR" else None


def nsec_signer(event):
    """Who signed the NSEC RRset that answers a question for it: parent and child have one each at a cut."""
    for rrset in event["rrsets"]:
        if event["qtype"] == rrset["type"] == "NSEC" and rrset["section"] == "answer" and rrset["rrsigs"]:
            return names.labels(rrset["rrsigs"][0]["signer"])
    return None
