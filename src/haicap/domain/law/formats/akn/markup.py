"""Chữ XML: elements as text, everything escaped."""

from __future__ import annotations

from html import escape


def element(name: str, /, *inside: str, **attributes: str) -> str:
    """An element around markup; attributes are escaped, empty ones left out."""
    told = "".join(f' {key}="{escaped(value)}"' for key, value in attributes.items() if value)
    return f"<{name}{told}>{''.join(inside)}</{name}>" if inside else f"<{name}{told}/>"


def escaped(text: str) -> str:
    """Text for content or attributes, without the characters that XML cannot carry."""
    plain = "".join(
        c
        for c in text
        if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
    return escape(plain, quote=True)
