from portal.views.pages import (
    draft,
    draft_forget,
    healthz,
    home,
    readyz,
    set_language,
)

__all__ = [
    "draft",
    "draft_forget",
    "healthz",
    "home",
    "readyz",
    "set_language",
]
