"""Records with their true signatures, from zones as they are or were, for forgeries that repeat them."""

from .. import wire


def rrset(records, name, kind, owner=None):
    """An RRset of a signed zone's records and its RRSIG, in wire form, under another owner if one is given."""
    return [wire.from_text(record, owner) for record in records
            if record.owner == name and (record.kind == kind or record.covered == kind)]


def signatures(records, name, kind, owner=None):
    """The RRSIG alone."""
    return [wire.from_text(record, owner) for record in records if record.owner == name and record.covered == kind]


def text_of(records, name, kind):
    """The data of the one record of a type, in presentation format."""
    return next(record.rdata for record in records if record.owner == name and record.kind == kind)
