"""Resolver and server use DNS cookies (RFC 7873); the forged answer has none."""

from .cookie_mismatch import KIND, prepare, withstand

__all__ = ["KIND", "prepare", "play"]


def play(act):
    """BIND asks again over TCP (RFC 7873 §5.3)."""
    withstand(act, b"")
