"""A file with a virus in it is refused, whatever it is given for."""

import socket
import struct
import threading
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from consent.record.fields import ScanField
from portal import documents, pictures, viruses
from relatives.register.forms import FilesField

VIRUS = b"this one is bad"


class Clamd(threading.Thread):
    """Speaks as clamd does to INSTREAM, of clamd(8), and knows one virus."""

    def __init__(self, path):
        super().__init__(daemon=True)
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(path)
        self.server.listen()
        self.seen = []

    def run(self):
        while True:
            try:
                asker, _address = self.server.accept()
            except OSError:
                return
            with asker, asker.makefile("rb") as said:
                assert said.read(10) == b"zINSTREAM\0"
                content = b""
                while length := struct.unpack("!L", said.read(4))[0]:
                    content += said.read(length)
                self.seen.append(content)
                found = b"Bad.Test FOUND" if VIRUS in content else b"OK"
                asker.sendall(b"stream: " + found + b"\0")


@pytest.fixture
def clamd(tmp_path, settings, monkeypatch):
    # The path of a socket may be no longer than a hundred bytes.
    monkeypatch.chdir(tmp_path)
    settings.CLAMAV = "clamd.ctl"
    scanner = Clamd(settings.CLAMAV)
    scanner.start()
    yield scanner
    scanner.server.shutdown(socket.SHUT_RDWR)
    scanner.server.close()


def given(content, name="a-file.bin"):
    return SimpleUploadedFile(name, content)


WAYS = [
    pictures.read,
    documents.read,
    ScanField().clean,
    FilesField().clean,
]


@pytest.mark.parametrize("way", WAYS)
def test_a_file_with_a_virus_is_refused_by_its_name(clamd, way):
    with pytest.raises(ValidationError) as refused:
        way(given(b"x" * 3_000_000 + VIRUS))

    assert refused.value.code == "virus"
    assert "a-file.bin" in refused.value.messages[0]


@pytest.mark.parametrize("way", WAYS)
def test_where_the_scanner_does_not_answer_no_file_is_taken(settings, way):
    settings.CLAMAV = "nothing-listens-here.ctl"

    with pytest.raises(ValidationError) as refused:
        way(given(b"x"))

    assert refused.value.code == "unseen"


def test_the_whole_file_is_looked_through_and_then_read(clamd):
    content = bytes(range(256)) * 10_000
    file = given(content)

    viruses.refuse(file)

    assert clamd.seen == [content]
    assert file.read() == content


@pytest.mark.parametrize("answer", [b"", b"stream: x ERROR\0", b"OK\0"])
def test_an_answer_that_is_not_ok_is_no_yes(clamd, monkeypatch, answer):
    monkeypatch.setattr(viruses, "_asked", lambda file: answer.rstrip(b"\0"))

    with pytest.raises(ValidationError) as refused:
        viruses.refuse(given(b"x"))
    assert refused.value.code == "unseen"


def test_a_home_without_a_scanner_asks_none(settings):
    file = BytesIO(VIRUS)

    viruses.refuse(file)

    assert file.read() == VIRUS
