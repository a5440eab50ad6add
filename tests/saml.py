"""The staff's own identity provider, as far as a test needs one: it signs with a real key."""

import base64
import datetime as dt
import uuid
import zlib
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.utils import OneLogin_Saml2_Utils as Utils

from portal import clock

ENTITY, SSO = "https://idp.example.dk/saml", "https://idp.example.dk/sso"
LEVEL = "https://data.gov.dk/concept/core/nsis/loa"
CPR = "https://data.gov.dk/model/core/eid/cprNumber"
PERSON = "https://data.gov.dk/model/core/eid/professional/uuid/persistent"
EMAIL = "https://data.gov.dk/model/core/eid/email"
BASE = "http://127.0.0.1:8000"
ACS, US = (f"{BASE}/account/saml/staff/{page}/" for page in ("acs", "metadata"))


@cache
def key_pair(name):
    """(private key, certificate), both as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = clock.now()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private.decode(), certificate.public_bytes(pem).decode()


@dataclass
class Says:
    """What the provider tells of somebody, and how rightly it does so."""

    person: str = "7b1f"
    level: str = "Substantial"
    told: dict = field(default_factory=dict)
    audience: str = US
    seconds: int = 300
    is_signed: bool = True
    by: str = "idp"

    def attributes(self):
        known = {PERSON: self.person, LEVEL: self.level} | self.told
        return {name: value for name, value in known.items() if value}


def asked(answer):
    """The number of the question with which we send the browser there."""
    [packed] = parse_qs(urlsplit(answer.headers["Location"]).query)["SAMLRequest"]
    return etree.fromstring(zlib.decompress(base64.b64decode(packed), -15)).get("ID")


def response(question, says):
    """The answer to the question, as the browser posts it. None is asked: of its own accord."""
    now = clock.now()
    until = (now + dt.timedelta(seconds=says.seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
    since = (now - dt.timedelta(minutes=20)).strftime("%Y-%m-%dT%H:%M:%SZ")
    at = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    to = f' InResponseTo="{question}"' if question else ""
    attributes = "".join(
        f'<saml:Attribute Name="{name}"><saml:AttributeValue>{escape(value)}'
        "</saml:AttributeValue></saml:Attribute>"
        for name, value in says.attributes().items()
    )
    number = f"_{uuid.uuid4().hex}"
    assertion = f"""<saml:Assertion xmlns:saml="{Names.NS_SAML}" ID="{number}" Version="2.0" IssueInstant="{at}"><saml:Issuer>{ENTITY}</saml:Issuer><saml:Subject><saml:NameID Format="{Names.NAMEID_TRANSIENT}">x</saml:NameID><saml:SubjectConfirmation Method="{Names.CM_BEARER}"><saml:SubjectConfirmationData NotOnOrAfter="{until}" Recipient="{ACS}"{to}/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{since}" NotOnOrAfter="{until}"><saml:AudienceRestriction><saml:Audience>{says.audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{at}" SessionIndex="{number}"><saml:AuthnContext><saml:AuthnContextClassRef>{Names.AC_PASSWORD_PROTECTED}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"""
    if says.is_signed:
        assertion = Utils.add_sign(
            assertion,
            *key_pair(says.by),
            sign_algorithm=Names.RSA_SHA256,
            digest_algorithm=Names.SHA256,
        ).decode()
    whole = f"""<samlp:Response xmlns:samlp="{Names.NS_SAMLP}" xmlns:saml="{Names.NS_SAML}" ID="_{uuid.uuid4().hex}" Version="2.0" IssueInstant="{at}" Destination="{ACS}"{to}><saml:Issuer>{ENTITY}</saml:Issuer><samlp:Status><samlp:StatusCode Value="{Names.STATUS_SUCCESS}"/></samlp:Status>{assertion}</samlp:Response>"""
    return base64.b64encode(whole.encode()).decode()
