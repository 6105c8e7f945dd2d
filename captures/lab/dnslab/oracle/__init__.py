"""The lab's independent check: what Unbound says of every name of every zone, beside what dnsaudit says."""
