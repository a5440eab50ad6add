"""Fields in which people choose photographs, and what holds for all they send at once."""

from django import forms
from django.core import signing
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal import pictures
from portal.pictures import Kept

# Ten large photographs from a telephone.
MOST_AT_ONCE = 80 * 1024 * 1024
# How long a form that was drawn again remembers the photographs chosen in it.
KEPT_FOR = 24 * 60 * 60
SALT = "portal.picture_forms"


class PicturesInput(forms.FileInput):
    """Photographs from the gallery or the camera, and those that were chosen before.

    A browser gives no file twice: what was good when the form had a fault somewhere is
    kept, and stands in the form drawn again as a box with a tick.
    """

    template_name = "forms/pictures.html"

    def __init__(self, *, multiple=True):
        self.allow_multiple_selected = multiple
        super().__init__(
            {"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic"}
        )
        self.kept = []

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if files else [], data.getlist(f"{name}-kept")

    def value_omitted_from_data(self, data, files, name):
        return f"{name}-kept" not in data

    def get_context(self, name, value, attrs):
        context = super().get_context(name, None, attrs)
        # A draft remembers them too.
        _files, before = value or ([], [])
        context["widget"]["kept"] = self.kept or [one for one in before if _read(one)]
        return context


class PicturesField(forms.Field):
    """At most so many photographs; answers them as `pictures.Kept`, in their order.

    They are in the folder then. What no row takes up is swept out of it later
    (portal.picture_sweep).
    """

    widget = PicturesInput

    def __init__(self, *, most=10, **kwargs):
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", gettext_lazy("Photos"))
        super().__init__(**kwargs)
        self.most = most

    def clean(self, value):
        files, tokens = value or ([], [])
        kept = [one for one in map(_read, tokens) if one]
        if len(files) + len(kept) > self.most:
            self._remember(kept)
            raise ValidationError(self._too_many(), code="many")
        faults = []
        for file in files:
            try:
                kept.append(pictures.keep(pictures.read(file)))
            except ValidationError as fault:
                faults.append(fault)
            except pictures.NotKept:
                faults.append(ValidationError(_no_room(), code="room"))
                break
        self._remember(kept)
        if faults:
            raise ValidationError(faults)
        return super().clean(kept)

    def _remember(self, kept):
        self.widget.kept = [_signed(one) for one in kept]

    def _too_many(self):
        return ngettext(
            "You can choose %(count)s photo at most.",
            "You can choose %(count)s photos at most. Choose fewer, and add the rest afterwards.",
            self.most,
        ) % {"count": self.most}


class PictureField(PicturesField):
    """One photograph, or None."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", gettext_lazy("Photo"))
        super().__init__(most=1, widget=PicturesInput(multiple=False), **kwargs)

    def clean(self, value):
        return next(iter(super().clean(value)), None)


def _no_room():
    return _(
        "The photos could not be kept: the portal has no room for them right now. Your "
        "text is here still. Save it without photos, or try again later."
    )


def _signed(kept):
    return signing.dumps(kept.fields, salt=SALT)


def _read(token):
    try:
        return Kept(**signing.loads(token, salt=SALT, max_age=KEPT_FOR))
    except signing.BadSignature:
        return None


class AtOnce(FileUploadHandler):
    """Refuses a request that is larger than anything a form asks for, before reading it."""

    def handle_raw_input(self, input_data, META, content_length, *args, **kwargs):
        if content_length > MOST_AT_ONCE:
            raise RequestDataTooBig("More than all photographs of a form.")

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None
