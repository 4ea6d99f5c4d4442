"""PNG files as they are: only the chunks that make the picture, each checked."""

from __future__ import annotations

import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT = frozenset((b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"IDAT", b"IEND"))
_BAFFLING = frozenset((b"iCCP", b"acTL", b"eXIf", b"CgBI"))  # colours, frames and turns that need the pixels anew


def bare(data: bytes) -> bytes | None:
    """The same pixels without texts, times and whatever follows the picture; None if they must be written anew.

    The pixels themselves are not looked at: decode the file first.
    """
    if not data.startswith(_SIGNATURE):
        return None
    out = [_SIGNATURE]
    at = len(_SIGNATURE)
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        name, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data) or name in _BAFFLING:
            return None
        if name in _KEPT:
            if zlib.crc32(data[at + 4 : end - 4]) != struct.unpack_from(">I", data, end - 4)[0]:
                return None
            out.append(data[at:end])
        if name == b"IEND":
            return b"".join(out) if length == 0 else None
        at = end
    return None
