"""The tests' own environment, set before Django reads its settings."""

import os
import tempfile

os.environ.setdefault("DEMO", "1")
os.environ.setdefault("PORTAL_URL", "http://127.0.0.1:8000")
os.environ.setdefault("EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
# However busy the machine is, a page waits for its paper.
os.environ.setdefault("PAPER_WAIT", "60")
# Never the data of a portal that runs here.
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="samspil-test-")
os.makedirs(os.path.join(os.environ["DATA_DIR"], "static"))
