"""What stands in the portal's own log: no address that opens something to whoever has it."""

import logging
import re

# A calendar, a mail's stop link, an invitation, a new password; each ends in its secret.
SECRET = re.compile(
    r"(/(?:calendar|mail/stop|invitation|account/password/reset/key)/)[^\s/]+"
)


class WithoutSecrets(logging.Filter):
    """Django writes the address of each request that went wrong, also while it opens."""

    def filter(self, record):
        if record.args and isinstance(record.args, tuple):
            record.args = tuple(
                SECRET.sub(r"\1…", one) if isinstance(one, str) else one
                for one in record.args
            )
        return True
