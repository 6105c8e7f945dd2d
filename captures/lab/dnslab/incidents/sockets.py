"""Sockets on the hosts of the lab, held by the lab's own process."""

import socket


def family(address):
    """The address family of an address in text."""
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def udp(network, host, address, port=0):
    """A UDP socket bound to one of a host's addresses."""
    with network.entered(host):
        bound = socket.socket(family(address), socket.SOCK_DGRAM)
    try:
        bound.bind((address, port))
    except OSError:
        bound.close()
        raise
    return bound


def tcp(network, host, address, seconds):
    """A TCP connection from a host to port 53 of an address."""
    with network.entered(host):
        connection = socket.socket(family(address), socket.SOCK_STREAM)
    connection.settimeout(seconds)
    try:
        connection.connect((address, 53))
    except OSError:
        connection.close()
        raise
    return connection
