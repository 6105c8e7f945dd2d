#!/usr/bin/python3
"""Validates JSON lines against the schema of the events (Debian's python3-jsonschema).

    validate_events.py SCHEMA [FILE]...     standard input without FILE

Beside each line on its own it checks their order: `run` first and `summary` last, each once, when
either is there. Names each fault as file:line, ends with 1 when there is one and prints how many
lines of each kind it saw otherwise.
"""

import collections
import json
import sys

import jsonschema

# Enough to see what is wrong; a wrong writer makes a fault a line.
MOST_FAULTS = 20


def validators(path):
    """A validator for each kind of event: quicker than trying all, and its messages name the field."""
    with open(path, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    kinds = [entry["$ref"].rpartition("/")[2] for entry in schema["oneOf"]]
    part = {"$schema": schema["$schema"], "$defs": schema["$defs"]}
    return {kind: jsonschema.Draft202012Validator({**part, "$ref": f"#/$defs/{kind}"}) for kind in kinds}


def unique_members(pairs):
    """An object whose members have different names."""
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise ValueError(f"a member twice in {names}")
    return dict(pairs)


def line_faults(line, by_kind, kinds):
    """What is wrong with one line; its kind is appended to `kinds`."""
    try:
        event = json.loads(line, object_pairs_hook=unique_members)
    except ValueError as error:
        yield f"no JSON: {error}"
        return
    kind = event.get("event") if isinstance(event, dict) else None
    kinds.append(kind)
    if kind not in by_kind:
        yield f"no known event: {kind!r}"
        return
    for error in by_kind[kind].iter_errors(event):
        yield f"{kind}: {error.json_path}: {error.message[:300]}"


def order_faults(kinds):
    """What is wrong with the order of the lines."""
    for kind, place in (("run", 0), ("summary", -1)):
        if kinds and ("run" in kinds or "summary" in kinds):
            if kinds.count(kind) != 1 or kinds[place] != kind:
                yield f"{kind} is not there once, {'first' if place == 0 else 'last'}"


def faults(name, file, by_kind, counts):
    """One sentence for each fault of one file."""
    kinds = []
    for number, line in enumerate(file, 1):
        if not line.endswith(b"\n"):
            yield f"{name}:{number}: no end of line"
        for fault in line_faults(line.decode("utf-8", errors="strict"), by_kind, kinds):
            yield f"{name}:{number}: {fault}"
    for fault in order_faults(kinds):
        yield f"{name}: {fault}"
    counts.update(kinds)


def main():
    by_kind = validators(sys.argv[1])
    counts, found = collections.Counter(), 0
    for name in sys.argv[2:] or ["-"]:
        with sys.stdin.buffer if name == "-" else open(name, "rb") as file:
            for fault in faults(name, file, by_kind, counts):
                found += 1
                print(fault, file=sys.stderr)
                if found == MOST_FAULTS:
                    print("and perhaps more", file=sys.stderr)
                    return 1
    print(" ".join(f"{kind} {counts[kind]}" for kind in sorted(counts)))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
