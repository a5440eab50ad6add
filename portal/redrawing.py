"""A picture out of whatever somebody sent: its pixels, and nothing else of the file."""

import threading
from contextlib import contextmanager, suppress
from io import BytesIO

from PIL import Image, ImageCms, ImageFile, ImageOps
from pillow_heif import register_heif_opener

# A telephone's ordinary photograph has 12 or 24 million; far more is a trap.
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
SRGB = ImageCms.createProfile("sRGB")

register_heif_opener(thumbnails=False)
# The largest photograph takes some 200 MB while it is drawn: never two at once.
_one_at_a_time = threading.Lock()


def redraw(content, *, longest=None, most_pixels=MOST_PIXELS, formats=FORMATS):
    """An RGB image with nothing but the pixels of the file, upright and in sRGB.

    Raises ValueError if the file is no whole picture of these formats or has too many
    pixels. `longest`: the longest side that it is made to fit.
    """
    with _one_at_a_time, _whole_ones_only():
        try:
            with Image.open(BytesIO(content), formats=formats) as picture:
                if picture.width * picture.height > most_pixels:
                    raise ValueError("Too many pixels.")
                return _redrawn(picture, longest)
        except Exception as error:
            # Whatever a decoder stumbles over, it is the file that is wrong.
            raise ValueError(str(error)) from error


@contextmanager
def _whole_ones_only():
    # Once it is imported, WeasyPrint has Pillow draw half pictures in the whole process.
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _redrawn(picture, longest):
    profile = picture.info.get("icc_profile")
    if picture.mode in ("P", "PA", "1"):
        picture = picture.convert("RGBA")
    elif picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if longest:
        picture.thumbnail((longest, longest))
    picture = ImageOps.exif_transpose(picture)
    if picture.has_transparency_data:
        see_through = picture.convert("RGBA")
        picture = Image.new("RGB", picture.size, "white")
        picture.paste(see_through, mask=see_through)
    fresh = Image.new("RGB", picture.size)
    fresh.paste(_in_srgb(picture, profile))
    return fresh


def _in_srgb(picture, profile):
    if profile:
        # A profile that cannot be read says nothing; then the colours are what they are.
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(picture, own, SRGB, outputMode="RGB")
    return picture.convert("RGB")


def as_jpeg(image, *, quality=82):
    """The bytes of an image that `redraw` has made."""
    drawn = BytesIO()
    image.save(drawn, "JPEG", quality=quality, optimize=True)
    return drawn.getvalue()
