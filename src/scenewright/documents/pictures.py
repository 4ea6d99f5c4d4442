"""Pictures: checked, decoded and written anew or stripped, so that nothing but pixels of a known size gets through."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from typing import TYPE_CHECKING

from scenewright.documents import png
from scenewright.documents.reading import Limits
from scenewright.documents.runs import squash

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
MIN_SIDE = 32  # pixels; what is smaller is an icon or a spacer


class Pictures:
    """The pictures of one source, by asset name. Equal pictures are kept once."""

    def __init__(self, limits: Limits) -> None:
        self.assets: dict[str, bytes] = {}
        self.problems: dict[str, int] = {}  # why pictures were dropped -> how many
        self._limits = limits
        self._seen: dict[str, str | None] = {}  # digest of the bytes as found -> asset name, None = unusable

    def add(self, data: bytes, *, media_type: str = "") -> str | None:
        """The asset name of the picture, or None if it was dropped (counted, except for icons)."""
        key = hashlib.sha256(data).hexdigest()
        if key not in self._seen:
            self._seen[key] = self._add(data, media_type)
        return self._seen[key]

    def add_image(self, image: Image, dots_per_inch: float) -> str | None:
        """A picture that was drawn here. The file says how large it is on paper."""
        return self._store(image, "PNG", dots_per_inch=dots_per_inch)

    def drop(self, why: str) -> None:
        self.problems[why] = self.problems.get(why, 0) + 1

    def warnings(self) -> list[str]:
        return [f"{_many(count)} left out: {why}." for why, count in self.problems.items()]

    def _add(self, data: bytes, media_type: str) -> str | None:
        if "svg" in media_type or b"<svg" in data[:1024].lower():
            self.drop("SVG is not read")
            return None
        if len(data) > self._limits.max_image_bytes:
            self.drop(f"larger than {self._limits.max_image_bytes // 2**20} MB")
            return None
        opened = self._decode(data)
        if opened is None:
            return None
        image, form = opened
        return self._store(image, form, found=data)

    def _decode(self, data: bytes) -> tuple[Image, str] | None:
        # Pillow takes 50 ms to import and most documents have no pictures
        from PIL import Image as pil
        from PIL import ImageOps

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                with pil.open(io.BytesIO(data), formats=FORMATS) as opened:
                    form = opened.format or ""
                    if opened.width * opened.height > self._limits.max_image_pixels:
                        self.drop(f"more than {self._limits.max_image_pixels // 1_000_000} million pixels")
                        return None
                    if min(opened.width, opened.height) < MIN_SIDE:
                        return None
                    opened.load()
                    upright = ImageOps.exif_transpose(opened)
                    plain = upright.convert("RGBA" if _transparent(upright) else "RGB")
        except Exception:  # a decoder may raise anything on hostile bytes
            self.drop("damaged or not PNG, JPEG, GIF or WebP")
            return None
        return plain, form

    def _store(self, image: Image, form: str, *, found: bytes = b"", dots_per_inch: float = 0) -> str | None:
        if len(self.assets) >= self._limits.max_images:
            self.drop(f"more than {self._limits.max_images} pictures")
            return None
        side = self._limits.max_image_side
        if max(image.size) > side:
            dots_per_inch *= side / max(image.size)
            image = image.copy()
            image.thumbnail((side, side))
            found = b""
        out = io.BytesIO()
        suffix = "jpg" if form == "JPEG" and image.mode == "RGB" else "png"
        if suffix == "jpg":
            image.save(out, "JPEG", quality=88)
        elif dots_per_inch:
            image.save(out, "PNG", dpi=(dots_per_inch, dots_per_inch))
        else:
            image.save(out, "PNG")
        data = out.getvalue()
        as_found = png.bare(found) if form == "PNG" else None
        if as_found and len(as_found) <= len(data):  # a palette or a better compressor
            data = as_found
        name = f"{hashlib.sha256(data).hexdigest()[:16]}.{suffix}"
        self.assets[name] = data
        return name


def alt_text(text: str) -> str:
    """What a picture shows, as written; "" for names of files and of things ("image1.png", "Picture 3")."""
    alt = squash(text).strip()[:500]
    generic = r"\S+\.(?:png|jpe?g|gif|webp|svg|[ew]mf|bmp|tiff?)|(?:picture|image|img|grafik|bild|图片)\s*\d*"
    return "" if re.fullmatch(generic, alt, re.I) else alt


def _transparent(image: Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def _many(count: int) -> str:
    return "1 picture was" if count == 1 else f"{count} pictures were"
