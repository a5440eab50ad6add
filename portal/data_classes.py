"""What the portal's own tables hold about whom, and those of the packages it stands on."""

from portal.personal import Data
from portal.uses import Periods, Uses

EVERYBODY = "resident relative employee"

DATA_CLASSES = {
    "portal.Home": Data(
        Uses.HOUSE,
        Periods.HOUSE,
        plain="name phone email address opening_hours answer_days about",
    ),
    "portal.Department": Data(Uses.HOUSE, Periods.HOUSE, plain="name phone closed_on"),
    "portal.Drawing": Data(
        Uses.MEETINGS,
        Periods.HOUR,
        "resident relative",
        words="html",
        picture="content",
        plain="path digest job done total state",
        by="asked_by",
    ),
    "portal.User": Data(
        Uses.LOGIN,
        Periods.TIES,
        EVERYBODY,
        who="name",
        reach="email",
        facts="is_active language",
        proof="password",
        plain="is_superuser",
        user="pk",
    ),
    "portal.Employment": Data(
        Uses.PEOPLE,
        Periods.TIES,
        "employee",
        who="register_id",
        facts="role profession starts_on ends_on",
        user="user",
    ),
    "portal.AuditEvent": Data(
        Uses.LOG,
        Periods.LOG,
        EVERYBODY,
        facts="verb",
        plain="subject facts digest number hash",
        user="actor",
    ),
    "portal.Message": Data(
        Uses.MAIL,
        Periods.MAIL,
        EVERYBODY,
        facts="template",
        plain="key facts attempts last_error",
        user="to",
    ),
    "portal.Draft": Data(
        Uses.MAIL,
        Periods.DRAFT,
        EVERYBODY,
        words="fields",
        plain="form",
        user="user",
    ),
    "portal.Invitation": Data(
        Uses.LOGIN,
        Periods.INVITATION,
        EVERYBODY,
        proof="cpr_digest code_digest",
        user="user",
        by="invited_by",
    ),
    "portal.PrivacyShown": Data(
        Uses.LOGIN, Periods.TIES, EVERYBODY, facts="role version", user="user"
    ),
    "portal.Letterbox": Data(
        Uses.MAIL,
        Periods.TIES,
        EVERYBODY,
        reach="refused_address",
        facts="choices rests refused_why refused_at_the_door",
        user="user",
    ),
    "portal.Notice": Data(
        Uses.MAIL,
        Periods.MAIL,
        EVERYBODY,
        facts="kind",
        plain="key template facts",
        user="to",
    ),
    # Others' tables
    "account.EmailAddress": Data(
        Uses.LOGIN,
        Periods.TIES,
        EVERYBODY,
        reach="email",
        facts="verified primary",
        user="user",
    ),
    "account.EmailConfirmation": Data(Uses.LOGIN, Periods.TIES, EVERYBODY, proof="key"),
    "mfa.Authenticator": Data(
        Uses.LOGIN,
        Periods.TIES,
        EVERYBODY,
        facts="type",
        proof="data",
        user="user",
    ),
    "socialaccount.SocialApp": Data(
        Uses.HOUSE,
        Periods.HOUSE,
        proof="client_id secret key",
        plain="provider provider_id name settings",
    ),
    "socialaccount.SocialAccount": Data(
        Uses.LOGIN,
        Periods.TIES,
        EVERYBODY,
        facts="provider",
        proof="uid extra_data",
        user="user",
    ),
    "socialaccount.SocialToken": Data(
        Uses.LOGIN, Periods.SESSION, EVERYBODY, proof="token token_secret"
    ),
    "usersessions.UserSession": Data(
        Uses.LOGIN,
        Periods.SESSION,
        EVERYBODY,
        reach="ip",
        facts="user_agent",
        proof="session_key",
        plain="data",
        user="user",
    ),
    "sessions.Session": Data(
        Uses.LOGIN, Periods.SESSION, EVERYBODY, proof="session_key session_data"
    ),
    # The database refuses every row of the first two.
    "guardian.UserObjectPermission": Data(
        Uses.HOUSE, Periods.HOUSE, plain="object_pk", by="user"
    ),
    "guardian.GroupObjectPermission": Data(
        Uses.HOUSE, Periods.HOUSE, plain="object_pk"
    ),
    "auth.Permission": Data(Uses.HOUSE, Periods.HOUSE, plain="name codename"),
    "auth.Group": Data(Uses.HOUSE, Periods.HOUSE, plain="name"),
    "contenttypes.ContentType": Data(
        Uses.HOUSE, Periods.HOUSE, plain="app_label model"
    ),
}
