"""What each of MitID's brokers calls what we ask: one row a broker; and where staff log in.

From their public descriptions, read in November 2026: Idura (formerly Criipto), Signicat,
Signicat Express, and Signaturgruppen, whose broker Nets E-Ident also uses. Whoever has another
broker adds a row. Read by the settings, so it knows nothing of Django.
"""

import re
from dataclasses import dataclass

# The name of the log-in in addresses and in rows.
PROVIDER = "mitid"
# The staff's own identity provider, likewise.
STAFF = "staff"
# NSIS 2.0.1, of which a service chooses the lowest that it accepts. Health data: Substantial.
ENOUGH = {"substantial", "high"}


@dataclass(frozen=True)
class Broker:
    """Names of claims, tried in this order; and how the level is asked for."""

    level: tuple[str, ...]
    cpr: tuple[str, ...]
    scope: tuple[str, ...] = ("openid",)
    acr_values: str = ""


BROKERS = {
    "idura": Broker(
        level=("acr", "authenticationtype"),
        cpr=("cprNumberIdentifier",),
        acr_values="urn:grn:authn:dk:mitid:substantial",
    ),
    "signicat": Broker(
        level=("mitid_loa",), cpr=("nin",), scope=("openid", "nin", "mitid-extra")
    ),
    "signicat-express": Broker(level=("mitid.loa",), cpr=("mitid.cpr",)),
    "signaturgruppen": Broker(
        level=("loa",),
        cpr=("dk_ssn", "ssn", "dk.cpr"),
        scope=("openid", "mitid", "ssn"),
    ),
}


def app(name, *, issuer, client_id, secret):
    """The broker as allauth has it in its settings. Raises KeyError for an unknown one."""
    broker = BROKERS[name]
    asked = {"acr_values": broker.acr_values} if broker.acr_values else {}
    return {
        "provider_id": PROVIDER,
        "name": "MitID",
        "client_id": client_id,
        "secret": secret,
        "settings": {
            "server_url": issuer,
            # The ID token has it all, and only its `sub` is held against nothing else.
            "fetch_userinfo": False,
            "token_auth_method": "client_secret_basic",
            "uid_field": "sub",
            "scope": list(broker.scope),
            "auth_params": asked,
            "broker": name,
        },
    }


def staff_app(*, name, entity, sso_url, certificate, portal):
    """The identity provider as allauth has it in its settings."""
    return {
        "provider_id": STAFF,
        "name": name,
        "client_id": STAFF,
        "settings": {
            "idp": {"entity_id": entity, "sso_url": sso_url, "x509cert": certificate},
            "sp": {"entity_id": f"{portal}/account/saml/{STAFF}/metadata/"},
            "advanced": {
                "strict": True,
                "want_assertion_signed": True,
                "reject_deprecated_algorithm": True,
                "reject_idp_initiated_sso": True,
            },
        },
    }


def level(name, claims):
    """ "low", "substantial" or "high", however it is written; "" if it is not said."""
    said = _first(BROKERS[name].level, claims)
    return re.split(r"[:/]", said)[-1].casefold()


def cpr(name, claims):
    """The CPR number as the broker wrote it, or ""."""
    return _first(BROKERS[name].cpr, claims)


def _first(names, claims):
    return next((str(claims[one]) for one in names if claims.get(one)), "")
