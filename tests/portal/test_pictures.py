"""What becomes of a photograph: what is taken, how it is drawn, kept and shown."""

import errno
import os
import struct
import time
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from PIL import Image, ImageCms, ImageFile

from portal import picture_forms, picture_sweep, pictures, redrawing
from portal.pictures import Kept

# What telephones write beside the pixels.
MAKER, LATITUDE = "Canary camera", (55.0, 40.0, 34.0)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "pictures"


def picture(kind="JPEG", size=(64, 48), colour="red", **details):
    drawn = BytesIO()
    Image.new("RGB", size, colour).save(drawn, kind, **details)
    return drawn.getvalue()


def photograph(kind="JPEG"):
    """Lies on its side but for its EXIF, which also says where it was taken."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, MAKER
    exif.get_ifd(0x8825).update({1: "N", 2: LATITUDE, 3: "E", 4: (12.0, 34.0, 6.0)})
    # As bytes, for only then does a HEIC lie on its side as those of iPhones do.
    return picture(kind, exif=exif.tobytes())


def chunk(name, content):
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


def bomb(side):
    """A PNG of some bytes that says it is side times side."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + head + pixels + chunk(b"IEND", b"")


def file(content, name="photo.jpg"):
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def opened(content):
    with Image.open(BytesIO(content)) as image:
        image.load()
        return image


@pytest.mark.parametrize("kind", ["JPEG", "HEIF", "WEBP", "PNG"])
def test_a_photograph_of_any_kind_is_drawn_anew_and_tells_no_more_than_it_shows(kind):
    sent = photograph(kind)
    assert b"Canary" in sent

    drawn = pictures.read(file(sent + b"<script>PK\x03\x04 a second file"))

    assert (drawn.width, drawn.height) == (48, 64)
    for content in drawn.files.values():
        assert content.startswith(b"\xff\xd8\xff")
        for trace in (b"Canary", b"Exif", b"<script", b"PK\x03\x04"):
            assert trace not in content
        image = opened(content)
        assert image.format == "JPEG"
        assert not image.getexif()
        assert "icc_profile" not in image.info


def test_what_is_shown_is_bounded_and_lists_have_a_small_one():
    drawn = pictures.read(file(picture(size=(3000, 1500))))

    assert (drawn.width, drawn.height) == (2000, 1000)
    assert opened(drawn.files["full"]).size == (2000, 1000)
    assert opened(drawn.files["small"]).size == (480, 240)


def test_colours_of_another_space_become_ordinary_ones():
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    lab = picture("JPEG", colour="red", icc_profile=b"no profile at all")
    assert opened(pictures.read(file(lab)).files["full"]).getpixel((5, 5))[0] > 240
    # A profile that does not fit the pixels is no reason to refuse the photograph.
    assert pictures.read(file(picture(icc_profile=swapped))).width == 64


def test_what_can_be_seen_through_becomes_white_and_deep_grey_stays_grey():
    clear, grey = BytesIO(), BytesIO()
    Image.new("RGBA", (8, 8), (255, 0, 0, 0)).save(clear, "PNG")
    Image.new("I;16", (8, 8), 32768).save(grey, "PNG")

    white = opened(pictures.read(file(clear.getvalue())).files["full"])
    middle = opened(pictures.read(file(grey.getvalue())).files["full"])

    assert min(white.getpixel((4, 4))) > 250
    assert 120 < middle.getpixel((4, 4))[0] < 136


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
BAD = {
    "nothing": b"",
    "nul": bytes(2000),
    "svg": SVG,
    "html": HTML,
    "html that begins as a picture": b"\xff\xd8\xff" + HTML,
    "gif": picture("GIF"),
    "tiff": picture("TIFF"),
    "pdf": picture("PDF"),
    "eps": picture("EPS"),
    "ico": picture("ICO"),
    "half a jpeg": picture(size=(640, 480))[:900],
    "half a png": picture("PNG", size=(640, 480))[:300],
    "half a heic": photograph("HEIF")[:400],
    "half a webp": picture("WEBP", size=(640, 480))[:60],
    "a bomb": bomb(50_000),
    "a larger bomb": bomb(2**31 - 1),
    "one pixel too many": bomb(6325),
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_whatever_is_no_photograph_is_refused_and_leaves_nothing(
    content, folder, monkeypatch
):
    # As it is once a paper has been drawn in the same process.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(ValidationError) as refused:
        pictures.read(file(content, "strand.jpg"))

    assert "strand.jpg" in refused.value.messages[0]
    assert not folder.exists()
    assert ImageFile.LOAD_TRUNCATED_IMAGES


def test_so_many_pixels_are_taken_and_no_more():
    assert redrawing.redraw(picture(), most_pixels=64 * 48)
    with pytest.raises(ValueError, match="pixels"):
        redrawing.redraw(picture(size=(64, 49)), most_pixels=64 * 48)


def test_a_file_of_more_than_15_mb_is_not_even_read():
    class Large:
        name, size = "strand.jpg", pictures.MOST_BYTES + 1

    with pytest.raises(ValidationError) as refused:
        pictures.read(Large)

    assert refused.value.code == "large"


# The folder


class Row:
    """As a model's row, with the picture that it is about."""

    pk, uuid = 7, "a7d0a7ba-2f5f-4a9e-9d83-5d9f2e3f7a10"

    def __init__(self, kept):
        self.file = kept.file


class Reader:
    pk = 3


def asking(user=Reader):
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_it_is_kept_under_a_name_that_says_nothing_and_shown_as_a_jpeg_alone(folder):
    drawn = pictures.read(file(photograph(), "Bo på stranden.jpg"))
    kept = pictures.keep(drawn)
    row = Row(kept)

    answer = pictures.show(asking(), row, "small", pictures.key(row, Reader))

    assert answer.content == drawn.files["small"]
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox"
    assert answer["Content-Disposition"] == "inline"
    assert "no-store" in answer["Cache-Control"]
    names = {path.name for path in folder.rglob("*.*")}
    assert names == {f"{kept.file}-full.jpg", f"{kept.file}-small.jpg"}
    assert pictures.keep(drawn).file != kept.file


def test_an_address_opens_for_one_person_for_one_day(monkeypatch):
    row = Row(pictures.keep(pictures.read(file(picture()))))
    other = Row(pictures.keep(pictures.read(file(picture()))))
    other.uuid = "00000000-2f5f-4a9e-9d83-5d9f2e3f7a10"
    key = pictures.key(row, Reader)

    class Somebody:
        pk = 4

    for request, what, with_key in (
        (asking(Somebody), row, key),
        (asking(), other, key),
        (asking(), row, key[:-1] + "?"),
        (asking(), row, ""),
    ):
        with pytest.raises(Http404):
            pictures.show(request, what, "full", with_key)
    later = time.time() + pictures.KEY_LASTS + 2
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    with pytest.raises(Http404):
        pictures.show(asking(), row, "full", key)


def test_a_row_whose_file_is_gone_is_not_found():
    row = Row(Kept("0" * 32, 1, 1))

    with pytest.raises(Http404):
        pictures.show(asking(), row, "full", pictures.key(row, Reader))


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "0" * 31, "x" * 32])
def test_no_other_file_is_ever_shown(name):
    row = Row(Kept(name, 1, 1))

    with pytest.raises(ValueError, match="name"):
        pictures.show(asking(), row, "full", pictures.key(row, Reader))


@pytest.mark.parametrize("at", [1, 2])
def test_a_full_disk_keeps_nothing_and_says_so(folder, monkeypatch, at):
    drawn, asked = pictures.read(file(picture())), []

    def full(number):
        asked.append(number)
        if len(asked) == at * 2 - 1:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(pictures.NotKept):
        pictures.keep(drawn)

    assert list(folder.rglob("*.*")) == []


def test_a_folder_that_cannot_be_written_keeps_nothing(folder, settings, tmp_path):
    (tmp_path / "file").write_text("in the way")
    settings.DATA_DIR = tmp_path / "file"

    with pytest.raises(pictures.NotKept):
        pictures.keep(pictures.read(file(picture())))


# Fields


def cleaned(field, *files, tokens=()):
    return field.clean((list(files), list(tokens)))


def test_what_was_good_is_kept_when_another_was_not():
    field = picture_forms.PicturesField(most=3)
    with pytest.raises(ValidationError) as refused:
        cleaned(field, file(picture()), file(SVG, "evil.svg"), file(picture()))
    assert len(refused.value.messages) == 1

    again = cleaned(picture_forms.PicturesField(), tokens=field.widget.kept)

    assert len(again) == 2
    assert {type(one) for one in again} == {Kept}
    html = field.widget.render("photos", None, {"id": "id_photos"})
    assert html.count('name="photos-kept"') == 2
    assert html.count("checked") == 2
    assert " multiple" in html


def test_nobody_makes_up_what_was_kept_before():
    made_up = ['{"file": "0"}', "", "x:y:z"]

    assert cleaned(picture_forms.PicturesField(), tokens=made_up) == []


def test_too_many_are_too_many_together_with_those_from_before(folder):
    field = picture_forms.PicturesField(most=2)
    cleaned(field, file(picture()), file(picture()))
    before = set(folder.rglob("*.jpg"))

    with pytest.raises(ValidationError) as refused:
        cleaned(field, file(picture()), tokens=field.widget.kept)

    assert refused.value.code == "many"
    assert set(folder.rglob("*.jpg")) == before


def test_a_full_disk_is_a_fault_of_the_field(monkeypatch):
    def full(drawn):
        raise pictures.NotKept

    monkeypatch.setattr(pictures, "keep", full)

    with pytest.raises(ValidationError) as refused:
        cleaned(picture_forms.PicturesField(), file(picture()), file(picture()))

    assert [error.code for error in refused.value.error_list] == ["room"]


def test_one_photo_is_one_or_none():
    assert cleaned(picture_forms.PictureField()) is None
    assert type(cleaned(picture_forms.PictureField(), file(picture()))) is Kept
    widget = picture_forms.PictureField().widget
    assert " multiple" not in widget.render("photo", None, {"id": "x"})
    sent = widget.value_from_datadict(
        MultiValueDict(), MultiValueDict({"photo": ["a"]}), "photo"
    )
    assert sent == (["a"], [])


# The request as a whole


def test_two_hundred_files_are_too_much_at_once(sign_in, cast):
    files = {f"f{number}": file(picture()) for number in range(200)}

    answer = sign_in(cast.mette).post(reverse("draft"), files)

    assert answer.status_code == 413


def test_more_than_all_photos_together_is_refused_before_it_is_read(
    sign_in, cast, monkeypatch
):
    monkeypatch.setattr(picture_forms, "MOST_AT_ONCE", 3000)

    answer = sign_in(cast.mette).post(reverse("draft"), {"f": file(bytes(4000))})

    assert answer.status_code == 413
    assert "413.html" in [t.name for t in answer.templates]


def test_a_disk_that_is_full_before_any_field_is_asked_is_a_break(
    client, cast, monkeypatch
):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    client.raise_request_exception = False
    monkeypatch.setattr("portal.rooms.cards", full)
    client.force_login(cast.mette, "portal.backends.Backend")

    assert client.get("/").status_code == 503


# What nobody took up


@pytest.mark.django_db
def test_what_no_row_took_up_is_swept_out_when_it_is_old(folder):
    old, new = (pictures.keep(pictures.read(file(picture()))) for _ in range(2))
    past = time.time() - picture_sweep.AFTER - 60
    for path in folder.rglob(f"{old.file}*"):
        os.utime(path, (past, past))

    picture_sweep.sweep()

    assert {path.name[:32] for path in folder.rglob("*.jpg")} == {new.file}


@pytest.mark.django_db
def test_nothing_is_swept_behind_a_wall_that_hides_the_rows(monkeypatch):
    monkeypatch.setattr(connection, "reader", "3", raising=False)

    with pytest.raises(RuntimeError):
        picture_sweep.sweep()
