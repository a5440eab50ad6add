"""Every page, every person. A page that is not in this table fails the build."""

import re
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.urls import get_resolver, reverse

from meetings.models import Preparation
from tests.factories import PreparationFactory

# How many pages there are, and how many ways to ask for them each person tries below.
ROUTES, TRIED = 367, 445

# Pages without a resident on them, that anybody may open who has got that far.
OPEN = {
    "account-continue",
    "my-account",
    "invitation",
    # By the code on a letter: tests/portal/test_letters.py.
    "invitation-code",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_login_webauthn",
    # Each their own passkey: tests/portal/test_sessions.py.
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "account-stay",
    # To MitID and back; by the signed link of an invitation: tests/portal/test_mitid.py.
    "openid_connect_login",
    "openid_connect_callback",
    "invitation-mitid",
    # To the staff's own log-in and back: tests/portal/test_staff_idp.py.
    "invitation-work",
    "saml_login",
    "saml_acs",
    "saml_finish_acs",
    "saml_metadata",
    "saml_sls",
    # About everybody's own data, and about the portal: tests/portal/test_privacy.py.
    "privacy",
    "my-privacy",
    "accessibility",
    "was",
    "was-too",
    # By a signed link, whoever has it, also without a log-in.
    "mail-stop",
    "set-language",
    # Each their own; to everybody else it is not there.
    "drawing",
    "drawing-again",
    "drawing-file",
    "draft",
    "draft-forget",
    "healthz",
    "readyz",
    # Opened by the secret in its address: tests/news/test_feed.py.
    "news:feed",
}

# 200 the page, 302 done or sent on, 403 may not do it, 404 may not know of it.
#  page                       method  mette karen clara vera sysse tim liv bos anna rikke jens ole root nobody
MATRIX = """
  home                        GET     200   200   200   200  200   200 200 200 200  200   200  200 200  302
  residents:search            GET     200   200   200   200  200   200 200 200 200  200   200  200 200  302
  mail-choices                GET     200   200   200   200  200   200 200 200 200  200   200  200 200  302
  mail-choices                POST    200   200   200   200  200   200 200 200 200  200   200  200 200  302
  my-data                     GET     200   200   200   200  200   200 200 200 200  200   200  200 200  302
  my-data                     POST    302   302   302   302  302   302 302 302 302  302   302  302 302  302
  residents:resident-data     GET     403   200   200   404  404   404 404 403 403  403   404  404 404  302
  residents:resident-data     POST    302   302   302   302  302   302 302 302 302  302   302  302 302  302
  my-sessions                 GET     200   200   200   200  200   200 200 200 200  200   200  200 200  302
  my-sessions                 POST    302   302   302   302  302   302 302 302 302  302   302  302 302  302
  residents:residents         GET     200   200   200   200  200   200 403 403 403  200   403  200 403  302
  residents:resident          GET     200   200   200   404  404   404 404 403 403  403   404  404 404  302
  residents:access-log        GET     403   200   200   403  403   403 403 403 403  200   403  403 403  302
  residents:access-sample     GET     403   200   200   403  403   403 403 403 403  200   403  403 403  302
  residents:access-sample     POST    403   302   302   403  403   403 403 403 403  302   403  403 403  302
  residents:access-judge      POST    404   302   302   404  404   404 404 404 404  404   404  404 404  302
  consent:incidents           GET     200   200   200   200  200   200 403 403 403  200   403  200 403  302
  consent:incident-report     GET     200   200   200   200  200   200 403 403 403  200   403  200 403  302
  consent:incident-report     POST    200   200   200   200  200   200 403 403 403  200   403  200 403  302
  consent:incident            GET     200   404   200   404  404   404 404 404 404  404   404  404 404  302
  consent:incident            POST    403   404   200   404  404   404 404 404 404  404   404  404 404  302
  consent:the-logs            GET     403   403   200   403  403   403 403 403 403  403   403  403 403  302
  consent:log-events          GET     403   403   200   403  403   403 403 403 403  403   403  403 403  302
  consent:look-up             GET     403   403   200   403  403   403 403 403 403  403   403  403 403  302
  consent:look-up             POST    403   403   200   403  403   403 403 403 403  403   403  403 403  302
  consent:looked-up           GET     403   403   200   403  403   403 403 403 403  403   403  403 403  302
  consent:looked-up-file      GET     403   403   200   403  403   403 403 403 403  403   403  403 403  302
  consent:who-has-looked      GET     404   404   404   404  404   404 404 200 404  404   404  404 404  302
  consent:passed-on           GET     200   200   200   404  404   404 404 403 403  403   404  404 404  302
  consent:my-extract          GET     404   404   404   404  404   404 404 200 404  404   404  404 404  302
  consent:extract             GET     403   200   200   404  404   404 404 403 403  403   404  404 404  302
  consent:consents            GET     200   200   200   404  404   404 404 403 403  403   404  404 404  302
  consent:consent-ask         GET     200   200   200   404  404   404 404 404 404  404   404  404 404  302
  consent:consent-ask         POST    200   200   200   404  404   404 404 404 404  404   404  404 404  302
  consent:history             GET     200   200   200   404  404   404 404 404 404  404   404  404 404  302
  consent:consent-in-error    GET     200   200   200   404  404   404 404 403 404  404   404  404 404  302
  consent:consent-in-error    POST    200   200   200   404  404   404 404 403 404  404   404  404 404  302
  consent:scan-add            GET     200   200   200   404  404   404 404 404 404  404   404  404 404  302
  consent:scan-add            POST    200   200   200   404  404   404 404 404 404  404   404  404 404  302
  consent:scan                GET     200   200   200   404  404   404 404 404 404  404   404  404 404  302
  consent:receipt             GET     200   200   200   404  404   404 404 200 404  404   404  404 404  302
  consent:receipt-paper       GET     200   200   200   404  404   404 404 200 404  404   404  404 404  302
  consent:paper-print         GET     200   200   200   404  404   404 404 404 404  404   404  404 404  302
  consent:paper-print         POST    200   200   200   404  404   404 404 404 404  404   404  404 404  302
  consent:paper               GET     200   200   200   404  404   404 404 404 404  404   404  404 404  302
  consent:paper-code          GET     200   200   200   403  403   200 403 403 403  200   403  200 403  302
  consent:paper-code          POST    200   200   200   403  403   200 403 403 403  200   403  200 403  302
  consent:paper-enter         GET     200   200   200   404  404   404 404 404 404  404   404  404 404  302
  consent:paper-enter         POST    200   200   200   404  404   404 404 404 404  404   404  404 404  302
  consent:consent-withdraw    POST    302   302   302   404  404   404 404 302 404  404   404  404 404  302
  consent:may-i-say-it        GET     200   200   200   403  403   200 403 403 403  200   403  200 403  302
  consent:may-i-say-it        POST    302   302   302   403  403   302 403 403 403  302   403  302 403  302
  consent:may-i-tell          GET     200   200   200   404  404   404 404 404 404  404   404  404 404  302
  consent:renewals            GET     200   200   200   403  403   200 403 403 403  200   403  200 403  302
  consent:may-i-tell          POST    200   200   200   404  404   404 404 404 404  404   404  404 404  302
  consent:mine                GET     404   404   404   404  404   404 404 200 404  404   404  404 404  302
  consent:what-would-change   GET     200   200   200   404  404   404 404 200 404  404   404  404 404  302
  consent:mine-person         GET     404   404   404   404  404   404 404 200 404  404   404  404 404  302
  consent:mine-question       GET     404   404   404   404  404   404 404 200 404  404   404  404 404  302
  consent:mine-question       POST    404   404   404   404  404   404 404 200 404  404   404  404 404  302
  consent:mine-answer         GET     404   404   404   404  404   404 404 200 404  404   404  404 404  302
  consent:mine-undo           POST    404   404   404   404  404   404 404 302 404  404   404  404 404  302
  consent:mine-stop           POST    404   404   404   404  404   404 404 302 404  404   404  404 404  302
  consent:mine-stop-all       POST    404   404   404   404  404   404 404 302 404  404   404  404 404  302
  consent:mine-stopped        GET     404   404   404   404  404   404 404 302 404  404   404  404 404  302
  consent:mine-talk           GET     404   404   404   404  404   404 404 200 404  404   404  404 404  302
  consent:mine-talk           POST    404   404   404   404  404   404 404 302 404  404   404  404 404  302
  consent:together            GET     404   404   404   404  404   404 404 404 404  404   404  404 404  302
  consent:together-person     GET     404   404   404   404  404   404 404 404 404  404   404  404 404  302
  consent:together-question   GET     404   404   404   404  404   404 404 404 404  404   404  404 404  302
  consent:together-question   POST    404   404   404   404  404   404 404 404 404  404   404  404 404  302
  consent:together-answer     GET     404   404   404   404  404   404 404 404 404  404   404  404 404  302
  consent:together-undo       POST    404   404   404   404  404   404 404 404 404  404   404  404 404  302
  consent:together-stop       POST    404   404   404   404  404   404 404 404 404  404   404  404 404  302
  consent:together-stop-all   POST    404   404   404   404  404   404 404 404 404  404   404  404 404  302
  consent:together-stopped    GET     404   404   404   404  404   404 404 404 404  404   404  404 404  302
  consent:together-talk       GET     404   404   404   404  404   404 404 404 404  404   404  404 404  302
  consent:together-talk       POST    404   404   404   404  404   404 404 404 404  404   404  404 404  302
  consent:together-end        POST    404   404   404   404  404   404 404 404 404  404   404  404 404  302
  consent:together-over       GET     302   302   302   302  302   302 302 302 302  302   302  302 302  302
  consent:together-start      POST    302   302   302   404  404   404 404 403 403  403   404  404 404  302
  consent:talk-wish           GET     200   200   200   404  404   404 404 403 404  404   404  404 404  302
  consent:talk-wish           POST    302   302   302   404  404   404 404 403 404  404   404  404 404  302
  consent:see-as              GET     200   200   200   404  404   404 404 200 404  404   404  404 404  302
  consent:see-as              POST    403   403   403   404  404   404 404 403 404  404   404  404 404  302
  consent:see-as-page         GET     200   200   200   404  404   404 404 200 404  404   404  404 404  302
  consent:see-as-page         POST    403   403   403   404  404   404 404 403 404  404   404  404 404  302
  consent:what-changes        GET      200   200   200   404   404   404   404   403   403   403   404   404   404   302
  consent:changes-soon        GET      200   200   200   200   200   200   403   403   403   200   403   200   403   302
  consent:my-changes          GET      404   404   404   404   404   404   404   200   404   404   404   404   404   302
  consent:disclosures         GET      200   200   200   404   404   404   404   403   403   403   404   404   404   302
  consent:disclosure-record   GET      200   200   200   404   404   404   404   403   403   403   404   404   404   302
  consent:disclosure-record   POST     200   200   200   404   404   404   404   403   403   403   404   404   404   302
  consent:disclosure          GET      200   200   200   404   404   404   404   404   404   404   404   404   404   302
  consent:disclosure-correct  GET      200   200   200   404   404   404   404   404   404   404   404   404   404   302
  consent:disclosure-correct  POST     200   200   200   404   404   404   404   404   404   404   404   404   404   302
  consent:disclosure-told     GET      200   200   200   404   404   404   404   404   404   404   404   404   404   302
  consent:disclosure-told     POST     200   200   200   404   404   404   404   404   404   404   404   404   404   302
  consent:my-disclosures      GET      404   404   404   404   404   404   404   200   404   404   404   404   404   302
  relatives:agreements        GET     200   200   200   200  200   200 403 403 403 200   403  200 403  302
  relatives:my-agreements     GET     403   403   403   403  403   403 403 200 200 200   200  403 403  302
  relatives:resident-agreements GET     200   200   200   404  404   404 404 403 403 403   404  404 404  302
  relatives:agreement-record  GET     200   200   200   404  404   404 404 403 403 403   404  404 404  302
  relatives:agreement-record  POST    200   200   200   404  404   404 404 403 403 403   404  404 404  302
  relatives:agreement         GET     200   200   200   404  404   404 404 200 200 200   404  404 404  302
  relatives:agreement-change  GET     200   200   200   404  404   404 404 403 403 403   404  404 404  302
  relatives:agreement-change  POST    200   200   200   404  404   404 404 403 403 403   404  404 404  302
  relatives:agreement-done    POST    302   302   302   404  404   404 404 403 403 403   404  404 404  302
  relatives:agreement-reopen  POST    302   302   302   404  404   404 404 403 403 403   404  404 404  302
  relatives:agreement-end     POST    302   302   302   404  404   404 404 403 403 403   404  404 404  302
  relatives:agreement-confirm POST    403   403   403   404  404   404 404 403 302 302   404  404 404  302
  relatives:agreement-follow-up GET   200   200   200   404  404   404 404 403 403 403   404  404 404  302
  relatives:agreement-follow-up POST  200   200   200   404  404   404 404 403 403 403   404  404 404  302
  relatives:agreement-too-much POST   403   403   403   404  404   404 404 403 403 403   404  404 404  302
  relatives:agreement-ask     GET     403   403   403   404  404   404 404 403 200 200   404  404 404  302
  relatives:agreement-ask     POST    403   403   403   404  404   404 404 403 200 200   404  404 404  302
  relatives:change-answer     GET     200   200   200   404  404   404 404 403 403 404   404  404 404  302
  relatives:change-answer     POST    200   200   200   404  404   404 404 403 403 404   404  404 404  302
  relatives:who-does-what     GET     200   200   200   404  404   404 404 403 403 403   404  404 404  302
  relatives:my-who-does-what  GET     403   403   403   403  403   403 403 200 200 200   200  403 403  302
  relatives:who-to-call       GET     200   200   200   404  404   404 404 403 403 403   404  404 404  302
  relatives:call-paper        GET     200   200   200   404  404   404 404 403 403 403   404  404 404  302
  relatives:chain-change      GET     200   200   200   404  404   404 404 404 404 404   404  404 404  302
  relatives:chain-change      POST    200   200   200   404  404   404 404 404 404 404   404  404 404  302
  relatives:my-calls          GET     403   403   403   403  403   403 403 200 200 200   200  403 403  302
  relatives:my-residents      GET     403   403   403   403  403   403 403 403 200 200   200  403 403  302
  relatives:confidentiality   GET     403   403   403   403  403   403 403 403 200 200   200  403 403  302
  relatives:confidentiality   POST    403   403   403   403  403   403 403 403 302 302   302  403 403  302
  relatives:resident-relatives GET     200   200   200   404  404   404 404 403 403 403   404  404 404  302
  relatives:relative-add      GET     403   200   200   404  404   404 404 403 403 403   404  404 404  302
  relatives:relative-add      POST    403   200   200   404  404   404 404 403 403 403   404  404 404  302
  relatives:relative-connect  GET     403   200   200   404  404   404 404 403 403 403   404  404 404  302
  relatives:relative-connect  POST    403   200   200   404  404   404 404 403 403 403   404  404 404  302
  relatives:relative          GET     200   200   200   404  404   404 404 404 404 404   403  404 404  302
  relatives:relative-erase    GET     403   403   200   404  404   404 404 404 404 404   403  404 404  302
  relatives:relative-erase    POST    302   302   302   302  302   302 302 302 302 302   302  302 302  302
  relatives:relative-change   GET     403   200   200   404  404   404 404 404 404 404   403  404 404  302
  relatives:relative-change   POST    403   200   200   404  404   404 404 404 404 404   403  404 404  302
  relatives:relative-log-in   POST    403   400   400   404  404   404 404 404 404  404   403  404 404  302
  employee-log-out            POST    404   403   302   404  404   404 404 404 404  404   404  404 404  302
  relatives:relative-invite   POST    403   302   302   404  404   404 404 404 404  404   403  404 404  302
  relatives:relative-letter   POST    403   200   200   404  404   404 404 404 404  404   403  404 404  302
  relatives:relation-end      GET     200   200   200   404  404   404 404 404 404 404   404  404 404  302
  relatives:relation-end      POST    302   302   302   404  404   404 404 404 404 404   404  404 404  302
  news:news                   GET     200   200   200   200  200   200 200 200 200  200   200  200 200  302
  news:news-write             GET     200   200   200   403  403   200 403 403 403  200   403  200 403  302
  news:news-write             POST    200   200   200   403  403   200 403 403 403  200   403  200 403  302
  news:news-draft             GET     200   200   200   404  404   404 404 404 404  404   404  404 404  302
  news:news-edit              GET     200   200   200   404  404   404 404 404 404  404   404  404 404  302
  news:news-edit              POST    200   200   200   404  404   404 404 404 404  404   404  404 404  302
  news:news-publish           POST    403   302   302   404  404   404 404 404 404  404   404  404 404  302
  news:news-discard           POST    302   302   302   404  404   404 404 404 404  404   404  404 404  302
  news:news-item              GET     200   200   200   200  200   404 404 200 200  200   200  404 404  302
  news:news-correct           GET     403   200   200   403  403   404 404 403 403  403   403  404 404  302
  news:news-correct           POST    403   200   200   403  403   404 404 403 403  403   403  404 404  302
  news:news-recall            GET     403   200   200   403  403   404 404 403 403  403   403  404 404  302
  news:news-recall            POST    403   200   200   403  403   404 404 403 403  403   403  404 404  302
  news:events GET 200 200 200 200 200 200 200 200 200 200 200 200 200 302
  news:events-past GET 200 200 200 200 200 200 200 200 200 200 200 200 200 302
  news:event-write GET 200 200 200 403 403 200 403 403 403 200 403 200 403 302
  news:event-write POST 200 200 200 403 403 200 403 403 403 200 403 200 403 302
  news:my-feed GET 200 200 200 200 200 200 403 200 200 200 200 200 403 302
  news:feed-open POST 302 302 302 302 302 302 403 302 302 302 302 302 403 302
  news:feed-close POST 302 302 302 302 302 302 403 302 302 302 302 302 403 302
  news:event-draft GET 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  news:event-edit GET 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  news:event-edit POST 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  news:event-publish POST 403 302 302 404 404 404 404 404 404 404 404 404 404 302
  news:event-discard POST 302 302 302 404 404 404 404 404 404 404 404 404 404 302
  news:event GET 200 200 200 200 200 404 404 200 200 200 200 404 404 302
  news:event-file GET 200 200 200 200 200 404 404 200 200 200 200 404 404 302
  news:event-correct GET 403 200 200 403 403 404 404 403 403 403 403 404 404 302
  news:event-correct POST 403 200 200 403 403 404 404 403 403 403 403 404 404 302
  news:event-call-off GET 403 200 200 403 403 404 404 403 403 403 403 404 404 302
  news:event-call-off POST 403 200 200 403 403 404 404 403 403 403 403 404 404 302
  news:news-archive           GET     200   200   200   200  200   200 200 200 200  200   200  200 200  302
  news:news-attach            POST    200   200   200   404  404   404 404 404 404  404   404  404 404  302
  news:news-ask               POST    302   302   302   404  404   404 404 404 404  404   404  404 404  302
  news:news-return            GET     403   200   200   404  404   404 404 404 404  404   404  404 404  302
  news:news-return            POST    403   200   200   404  404   404 404 404 404  404   404  404 404  302
  news:news-read              POST    302   403   302   302  302   404 404 403 403  403   403  404 404  302
  news:news-attachment        GET     200   200   200   200  200   404 404 200 200  200   200  404 404  302
  news:news-picture           GET     404   404   404   404  404   404 404 404 404  404   404  404 404  302
  news:news-detach            POST    302   302   302   404  404   404 404 404 404  404   404  404 404  302
  news:newsletters              GET    200   200   200   200  200   200 200 200 200  200   200  200 200  302
  news:newsletter-write         GET    403   200   200   403  403   403 403 403 403  200   403  403 403  302
  news:newsletter-write         POST   403   200   200   403  403   403 403 403 403  200   403  403 403  302
  news:newsletter             GET    200   200   200   200   200   200   404   200   200   200   200   404   404   302
  news:newsletter-edit          GET    404   200   200   404  404   404 404 404 404  404   404  404 404  302
  news:newsletter-edit          POST   404   200   200   404  404   404 404 404 404  404   404  404 404  302
  news:newsletter-send          POST   404   302   302   404  404   404 404 404 404  404   404  404 404  302
  news:newsletter-stop        POST   403   302   302   403   403   403   404   403   403   403   403   404   404   302
  news:newsletter-go-on       POST   403   302   302   403   403   403   404   403   403   403   403   404   404   302
  news:newsletter-discard       POST   404   302   302   404  404   404 404 404 404  404   404  404 404  302
  news:newsletter-move          POST   404   302   302   404  404   404 404 404 404  404   404  404 404  302
  news:newsletter-paper       GET    403   200   200   403   403   403   404   403   403   403   403   404   404   302
  news:newsletter-addresses   GET    403   200   200   403   403   403   404   403   403   403   403   404   404   302
  news:everyday               GET     200   200   200   200  200   200 200 200 200  200   200  200 200  302
  news:everyday-choose        GET     200   200   200   403  403   200 403 403 403  200   403  200 403  302
  news:everyday-of            GET     200   200   200   404  404   404 404 200 200  200   404  404 404  302
  news:entry                  GET     200   200   200   404  404   404 404 200 200  200   404  404 404  302
  news:entry-write            GET     200   200   200   404  404   404 404 200 200  200   404  404 404  302
  news:entry-write            POST    200   200   200   404  404   404 404 200 200  200   404  404 404  302
  news:entry-photos           GET     200   200   200   404  404   404 404 403 403  403   404  404 404  302
  news:entry-photos           POST    200   200   200   404  404   404 404 403 403  403   404  404 404  302
  news:photo-words            GET     200   200   200   404  404   404 404 200 403  403   404  404 404  302
  news:photo-words            POST    200   200   200   404  404   404 404 200 403  403   404  404 404  302
  news:photo                  GET     302   302   302   404  404   404 404 302 404  404   404  404 404  302
  news:photo-small            GET     302   302   302   404  404   404 404 302 404  404   404  404 404  302
  news:photo-recall           POST    302   302   302   404  404   404 404 302 404  404   404  404 404  302
  news:entry-correct          GET     200   200   200   404  404   404 404 403 403  403   404  404 404  302
  news:entry-correct          POST    200   200   200   404  404   404 404 403 403  403   404  404 404  302
  news:entry-recall           GET     200   200   200   404  404   404 404 403 403  403   404  404 404  302
  news:entry-recall           POST    200   200   200   404  404   404 404 403 403  403   404  404 404  302
  relatives:log-contact       GET     200   200   200   403  403   200 403 403 403  200   403  200 403  302
  relatives:log-contact       POST    200   200   200   403  403   200 403 403 403  200   403  200 403  302
  relatives:to-follow-up      GET     200   200   200   403  403   200 403 403 403  200   403  200 403  302
  relatives:resident-contacts GET     200   200   200   404  404   404 404 403 403  403   404  404 404  302
  relatives:contact           GET     200   200   200   404  404   404 404 404 404  404   404  404 404  302
  relatives:correct-contact   GET     200   200   200   404  404   404 404 404 404  404   404  404 404  302
  relatives:correct-contact   POST    200   200   200   404  404   404 404 404 404  404   404  404 404  302
  relatives:follow-up         POST    302   302   302   404  404   404 404 404 404  404   404  404 404  302
  data-record                 GET     403   403   200   403  200   403 403 403 403  403   403  403 403  302
  data-record-paper           GET     403   403   200   403  200   403 403 403 403  403   403  403 403  302
  the-home                    GET     403   403   200   403  403   403 403 403 403  403   403  403 403  302
  home-texts                  GET     403   403   200   403  403   403 403 403 403  403   403  403 403  302
  home-texts                  POST    403   403   200   403  403   403 403 403 403  403   403  403 403  302
  department-add              GET     403   403   200   403  403   403 403 403 403  403   403  403 403  302
  department-add              POST    403   403   200   403  403   403 403 403 403  403   403  403 403  302
  department                  GET     403   403   200   403  403   403 403 403 403  403   403  403 403  302
  department                  POST    403   403   200   403  403   403 403 403 403  403   403  403 403  302
  department-close            POST    403   403   302   403  403   403 403 403 403  403   403  403 403  302
  staff                       GET     403   200   200   403  403   403 403 403 403  200   403  403 403  302
  staff-add                   GET     403   200   200   403  403   403 403 403 403  200   403  403 403  302
  staff-add                   POST    403   200   200   403  403   403 403 403 403  200   403  403 403  302
  employee                    GET     404   200   200   404  404   404 404 404 404  404   404  404 404  302
  employee-edit               GET     404   403   200   404  404   404 404 404 404  404   404  404 404  302
  employee-edit               POST    404   403   200   404  404   404 404 404 404  404   404  404 404  302
  employee-invite             POST    404   302   302   404  404   404 404 404 404  404   404  404 404  302
  employee-letter POST 404 200 200 404 404 404 404 404 404 404 404 404 404 302
  employee-forget-codes       POST    404   403   302   404  404   404 404 404 404  404   404  404 404  302
  job-add                     GET     404   200   200   404  404   404 404 404 404  404   404  404 404  302
  job-add                     POST    404   200   200   404  404   404 404 404 404  404   404  404 404  302
  job-end                     GET     404   200   200   404  404   404 404 404 404  404   404  404 404  302
  job-end                     POST    404   200   200   404  404   404 404 404 404  404   404  404 404  302
  relatives:representation    GET      200   200   200   404   404   404   404   404   404   404   404   404   404   302
  relatives:representation-record GET      403   200   200   404   404   404   404   404   404   404   404   404   404   302
  relatives:representation-record POST     403   200   200   404   404   404   404   404   404   404   404   404   404   302
  relatives:representation-end GET      403   200   200   404   404   404   404   404   404   404   404   404   404   302
  relatives:representation-end POST     403   200   200   404   404   404   404   404   404   404   404   404   404   302
  relatives:representation-in-error GET      403   200   200   404   404   404   404   404   404   404   404   404   404   302
  relatives:representation-in-error POST     403   200   200   404   404   404   404   404   404   404   404   404   404   302
  relatives:register-upload   GET     403   403   200   403  403   403 403 403 403  403   403  403 403  302
  relatives:register-upload   POST    403   403   200   403  403   403 403 403 403  403   403  403 403  302
  relatives:register-columns  GET     403   403   200   403  403   403 403 403 403  403   403  403 403  302
  relatives:register-template GET     403   403   200   403  403   403 403 403 403  403   403  403 403  302
  relatives:register-preview  GET     403   403   200   403  403   403 403 403 403  403   403  403 403  302
  relatives:register-confirm  POST    403   403   302   403  403   403 403 403 403  403   403  403 403  302
  relatives:register-forget   POST    403   403   302   403  403   403 403 403 403  403   403  403 403  302
  relatives:register-receipt  GET     403   403   302   403  403   403 403 403 403  403   403  403 403  302
  meetings:conversations      GET     403   200   200   403  403   403 403 403 403  200   403  403 403  302
  meetings:blank              GET     200   200   200   403  403   200 403 403 403  200   403  200 403  302
  meetings:preparation-paper              GET     200   200   200   403  403   200 403 403 403  200   403  200 403  302
  relatives:agreement-paper   GET     200   200   200   404  404   404 404 403 403  403   404  404 404  302
  relatives:agreement-paper-blank GET 200   200   200   403  403   200 403 403 403  200   403  200 403  302
  relatives:agreement-sheets  POST    404   302   302   404  404   404 404 404 404  404   404  404 404  302
  meetings:move-in            GET     200   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:plan               GET     403   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:plan               POST    403   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:decline            GET     403   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:decline            POST    403   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:move               GET     403   403   403   404  404   404 404 404 404  404   404  404 404  302
  meetings:move               POST    403   403   403   404  404   404 404 404 404  404   404  404 404  302
  meetings:participants       GET     403   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:participants       POST    403   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:section            GET     200   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:section            POST    200   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:agreement          GET     200   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:agreement          POST    200   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:finish             GET     403   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:finish             POST    403   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:record-print       POST    403   302   302   404  404   404 404 404 404  404   404  404 404  302
  meetings:printout           GET     403   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:version            GET     403   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:hand-out           GET     403   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:hand-out           POST    403   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:hand-out-whole     GET     403   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:hand-out-whole     POST    403   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:extract            GET     200   200   200   404  404   404 404 200 200  404   404  404 404  302
  meetings:extract-paper      GET     200   200   200   404  404   404 404 200 200  404   404  404 404  302
  meetings:expectations       GET     200   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:expectation-add    GET     200   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:expectation-add    POST    200   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:my-expectations    GET     404   404   404   404  404   404 404 200 200  200   200  404 404  302
  meetings:expectation-answer GET 200 200 200 404 404 404 404 403 404 404 404 404 404 302
  meetings:expectation-answer POST 200 200 200 404 404 404 404 403 404 404 404 404 404 302
  meetings:expectation-end POST 302 302 302 404 404 404 404 403 404 404 404 404 404 302
  meetings:expectation-disagree GET 200 200 200 404 404 404 404 403 404 404 404 404 404 302
  meetings:expectation-disagree POST 200 200 200 404 404 404 404 403 404 404 404 404 404 302
  meetings:disagreement-talked GET 200 200 200 404 404 404 404 403 404 404 404 404 404 302
  meetings:disagreement-talked POST 200 200 200 404 404 404 404 403 404 404 404 404 404 302
  meetings:prepare            GET     404   404   404   404  404   404 404 200 404  404   404  404 404  302
  meetings:prepare            POST    404   404   404   404  404   404 404 200 404  404   404  404 404  302
  meetings:prepare-take-back  POST    404   404   404   404  404   404 404 302 404  404   404  404 404  302
  meetings:prepare-together   GET     404   404   404   404  404   404 404 404 404  404   404  404 404  302
  meetings:prepare-together   POST    404   404   404   404  404   404 404 404 404  404   404  404 404  302
  meetings:prepared           GET     200   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:prepared-paper     GET     200   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:letter             GET     403   403   403   404  404   404 404 404 404  404   404  404 404  302
  meetings:letter             POST    403   403   403   404  404   404 404 404 404  404   404  404 404  302
  meetings:letter-paper       GET     403   403   403   404  404   404 404 404 404  404   404  404 404  302
  meetings:first-days         GET     200   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:first-talk         GET     200   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:first-talk         POST    200   200   200   404  404   404 404 404 404  404   404  404 404  302
  meetings:days               GET     403   403   200   403  403   403 403 403 403  403   403  403 403  302
  meetings:days               POST    403   403   200   403  403   403 403 403 403  403   403  403 403  302
  meetings:my-expectation-add     GET     404   404   404   404  404   404 404 404 404  404   404  404 404  302
  meetings:my-expectation-add     POST    404   404   404   404  404   404 404 404 404  404   404  404 404  302
  meetings:my-expectation-end     POST    404   404   404   404  404   404 404 404 404  404   404  404 404  302
  meetings:extract-close          GET     403   200   200   404  404   404 404 403 403  404   404  404 404  302
  meetings:extract-close          POST    403   200   200   404  404   404 404 403 403  404   404  404 404  302
  meetings:prepare-lend           POST    404   404   404   404  404   404 404 404 404  404   404  404 404  302
  meetings:together-prepare       GET     404   404   404   404  404   404 404 404 404  404   404  404 404  302
  meetings:together-prepare       POST    404   404   404   404  404   404 404 404 404  404   404  404 404  302
  meetings:questions              GET     403   403   200   403  403   403 403 403 403  403   403  403 403  302
  meetings:question-change        POST    403   403   404   403  403   403 403 403 403  403   403  403 403  302
  meetings:question-paper         GET     403   403   200   403  403   403 403 403 403  403   403  403 403  302
  meetings:question-issue         GET     403   403   302   403  403   403 403 403 403  403   403  403 403  302
  meetings:question-issue         POST    403   403   302   403  403   403 403 403 403  403   403  403 403  302
  meetings:question-carry         POST    403   403   302   403  403   403 403 403 403  403   403  403 403  302
  meetings:question-throw-away    POST    403   403   302   403  403   403 403 403 403  403   403  403 403  302
  meetings:question-section-add   GET     403   403   200   403  403   403 403 403 403  403   403  403 403  302
  meetings:question-section-add   POST    403   403   200   403  403   403 403 403 403  403   403  403 403  302
  meetings:question-section       GET     403   403   200   403  403   403 403 403 403  403   403  403 403  302
  meetings:question-preview       GET     403   403   200   403  403   403 403 403 403  403   403  403 403  302
  meetings:question-section-edit  GET     403   403   404   403  403   403 403 403 403  403   403  403 403  302
  meetings:question-section-edit  POST    403   403   404   403  403   403 403 403 403  403   403  403 403  302
  meetings:question-add           GET     403   403   200   403  403   403 403 403 403  403   403  403 403  302
  meetings:question-add           POST    403   403   200   403  403   403 403 403 403  403   403  403 403  302
  meetings:question-edit          GET     403   403   404   403  403   403 403 403 403  403   403  403 403  302
  meetings:question-edit          POST    403   403   404   403  403   403 403 403 403  403   403  403 403  302
  meetings:of-resident GET 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  meetings:meeting-plan GET 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  meetings:meeting-plan POST 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  meetings:meetings GET 200 200 200 403 403 200 403 403 403 200 403 200 403 302
  meetings:meeting-for-many GET 403 200 200 403 403 403 403 403 403 200 403 403 403 302
  meetings:meeting-for-many POST 403 200 200 403 403 403 403 403 403 200 403 403 403 302
  meetings:meeting GET 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  meetings:meeting-move GET 403 200 200 404 404 404 404 404 404 404 404 404 404 302
  meetings:meeting-move POST 403 200 200 404 404 404 404 404 404 404 404 404 404 302
  meetings:meeting-cancel GET 403 200 200 404 404 404 404 404 404 404 404 404 404 302
  meetings:meeting-cancel POST 403 200 200 404 404 404 404 404 404 404 404 404 404 302
  meetings:meeting-invite POST 403 302 302 404 404 404 404 404 404 404 404 404 404 302
  meetings:meeting-participants GET 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  meetings:meeting-participants POST 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  meetings:item-add GET 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  meetings:item-add POST 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  meetings:item GET 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  meetings:item POST 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  meetings:minutes GET 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  meetings:minutes POST 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  meetings:meeting-finish GET 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  meetings:meeting-finish POST 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  meetings:meeting-agreement GET 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  meetings:meeting-agreement POST 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  meetings:meeting-calendar GET 200 200 200 404 404 404 404 200 404 200 404 404 404 302
  meetings:my-meetings GET 403 403 403 403 403 403 403 200 200 200 200 403 403 302
  meetings:my-meeting GET 302 302 302 404 404 404 404 200 200 200 200 404 404 302
  meetings:my-meeting-answer POST 404 404 404 404 404 404 404 302 302 302 302 404 404 302
  meetings:my-meeting-suggest GET 404 404 404 404 404 404 404 200 200 200 200 404 404 302
  meetings:my-meeting-suggest POST 404 404 404 404 404 404 404 200 200 200 200 404 404 302
  community:my-enquiries GET 403 403 403 403 403 403 403 200 200 200 200 403 403 302
  community:my-enquiry-new GET 403 403 403 403 403 403 403 200 200 200 200 403 403 302
  community:my-enquiry-new POST 403 403 403 403 403 403 403 200 200 200 200 403 403 302
  community:my-enquiry GET 404 404 404 404 404 404 404 200 200 404 404 404 404 302
  community:my-enquiry-write GET 404 404 404 404 404 404 404 403 200 404 404 404 404 302
  community:my-enquiry-write POST 404 404 404 404 404 404 404 403 200 404 404 404 404 302
  community:enquiries GET 200 200 200 403 403 200 403 403 403 200 403 200 403 302
  community:enquiry GET 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  community:enquiry-take POST 302 302 302 404 404 404 404 404 404 404 404 404 404 302
  community:enquiry-settle POST 302 302 302 404 404 404 404 404 404 404 404 404 404 302
  community:enquiry-assign GET 403 200 200 404 404 404 404 404 404 404 404 404 404 302
  community:enquiry-assign POST 403 200 200 404 404 404 404 404 404 404 404 404 404 302
  community:enquiry-escalate GET 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  community:enquiry-escalate POST 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  community:enquiry-answer GET 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  community:enquiry-answer POST 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  community:enquiry-decide GET 403 200 200 404 404 404 404 404 404 404 404 404 404 302
  community:enquiry-decide POST 403 200 200 404 404 404 404 404 404 404 404 404 404 302
  community:enquiry-log POST 302 302 302 404 404 404 404 404 404 404 404 404 404 302
  community:enquiry-agreement GET 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  community:enquiry-agreement POST 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  community:enquiry-people GET 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  community:enquiry-people POST 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  community:enquiry-person-end POST 302 302 302 404 404 404 404 404 404 404 404 404 404 302
  community:ideas GET 200 200 200 200 200 200 403 200 200 200 200 200 403 302
  community:idea-new GET 200 200 200 200 200 200 403 200 200 200 200 200 403 302
  community:idea-new POST 200 200 200 200 200 200 403 200 200 200 200 200 403 302
  community:idea GET 200 200 200 200 200 200 404 200 200 200 200 404 404 302
  community:idea-answer GET 403 200 200 403 403 403 404 403 403 403 403 404 404 302
  community:idea-answer POST 403 200 200 403 403 403 404 403 403 403 403 404 404 302
  community:enquiry-idea GET 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  community:enquiry-idea POST 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  community:desk GET 403 200 200 404 404 404 404 404 404 404 404 404 404 302
  community:desk POST 403 200 200 404 404 404 404 404 404 404 404 404 404 302
  community:of-resident GET 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  community:enquiry-record GET 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  community:enquiry-record POST 200 200 200 404 404 404 404 404 404 404 404 404 404 302
  knowledge:articles GET 200 200 200 200 200 200 403 200 200 200 200 200 403 302
  knowledge:whom GET 200 200 200 200 200 200 403 200 200 200 200 200 403 302
  knowledge:guide GET 403 403 200 403 403 403 403 403 403 403 403 403 403 302
  knowledge:guide POST 403 403 200 403 403 403 403 403 403 403 403 403 403 302
  knowledge:present GET 403 200 200 403 403 403 404 403 403 403 403 404 404 302
  knowledge:present POST 403 200 200 403 403 403 404 403 403 403 403 404 404 302
  knowledge:portrait GET 404 404 404 404 404 404 404 404 404 404 404 404 404 302
  knowledge:folder-write GET 403 403 200 403 403 403 403 403 403 403 403 403 403 302
  knowledge:folder-write POST 403 403 200 403 403 403 403 403 403 403 403 403 403 302
  knowledge:folder GET 200 200 200 200 200 200 404 200 200 200 200 404 404 302
  knowledge:words GET 200 200 200 200 200 200 403 200 200 200 200 200 403 302
  knowledge:associations GET 200 200 200 200 200 200 403 200 200 200 200 200 403 302
  knowledge:article-write GET 403 403 200 403 403 403 403 403 403 403 403 403 403 302
  knowledge:article-write POST 403 403 200 403 403 403 403 403 403 403 403 403 403 302
  knowledge:word-write GET 403 403 200 403 403 403 403 403 403 403 403 403 403 302
  knowledge:word-write POST 403 403 200 403 403 403 403 403 403 403 403 403 403 302
  knowledge:association-write GET 403 403 200 403 403 403 403 403 403 403 403 403 403 302
  knowledge:association-write POST 403 403 200 403 403 403 403 403 403 403 403 403 403 302
  knowledge:article-draft GET 403 403 200 403 403 403 403 403 403 403 403 403 403 302
  knowledge:article-edit GET 403 403 200 403 403 403 403 403 403 403 403 403 403 302
  knowledge:article-edit POST 403 403 200 403 403 403 403 403 403 403 403 403 403 302
  knowledge:article-publish POST 404 404 302 404 404 404 404 404 404 404 404 404 404 302
  knowledge:article-discard POST 403 403 302 403 403 403 403 403 403 403 403 403 403 302
  knowledge:article GET 200 200 200 200 200 200 404 200 200 200 200 404 404 302
  knowledge:article-correct GET 403 403 200 403 403 403 404 403 403 403 403 404 404 302
  knowledge:article-correct POST 403 403 200 403 403 403 404 403 403 403 403 404 404 302
  knowledge:article-recall GET 403 403 200 403 403 403 404 403 403 403 403 404 404 302
  knowledge:article-recall POST 403 403 200 403 403 403 404 403 403 403 403 404 404 302
  knowledge:word-change GET 403 403 200 403 403 403 404 403 403 403 403 404 404 302
  knowledge:word-change POST 403 403 200 403 403 403 404 403 403 403 403 404 404 302
  knowledge:word-recall GET 403 403 200 403 403 403 404 403 403 403 403 404 404 302
  knowledge:word-recall POST 403 403 200 403 403 403 404 403 403 403 403 404 404 302
  knowledge:association-change GET 403 403 200 403 403 403 404 403 403 403 403 404 404 302
  knowledge:association-change POST 403 403 200 403 403 403 404 403 403 403 403 404 404 302
  knowledge:association-recall GET 403 403 200 403 403 403 404 403 403 403 403 404 404 302
  knowledge:association-recall POST 403 403 200 403 403 403 404 403 403 403 403 404 404 302
  knowledge:article-checked POST 403 403 302 403 403 403 404 403 403 403 403 404 404 302
"""
PEOPLE = [
    "mette",
    "karen",
    "clara",
    "vera",
    "sysse",
    "tim",
    "liv",
    "bos",
    "anna",
    "rikke",
    "jens",
    "ole",
    "root",
    "nobody",
]
# Each way to ask for a page, and what each person gets.
WAYS = [
    (page, method, dict(zip(PEOPLE, map(int, statuses), strict=True)))
    for page, method, *statuses in (
        line.split() for line in MATRIX.strip().splitlines()
    )
]


# Dora protects the data: she is nothing to anybody, and reads the logs.
LOGS = {f"consent:look{name}" for name in ("-up", "ed-up", "ed-up-file")}
LOGS |= {"consent:the-logs", "consent:log-events", "data-record", "data-record-paper"}
LOGS |= {"consent:incidents", "consent:incident", "consent:incident-report"}
for page, _method, statuses in WAYS:
    statuses["dora"] = 200 if page in LOGS else statuses["root"]


# The pages of one enquiry.
ENQUIRIES = {
    f"community:{name}"
    for name in (
        *("my-enquiry", "my-enquiry-write", "enquiry", "enquiry-take"),
        *("enquiry-settle", "enquiry-assign", "enquiry-escalate", "enquiry-answer"),
        *("enquiry-decide", "enquiry-log", "enquiry-agreement", "enquiry-people"),
        "enquiry-idea",
    )
}


def arguments(page, cast):
    """What stands in the address of each page: always something of Bo's."""
    if page == "meetings:prepared-paper":
        of_annas = {"conversation": cast.talk, "relation": cast.annas}
        sent = Preparation.objects.filter(**of_annas).first()
        return [(sent or PreparationFactory(**of_annas)).uuid]
    return {
        "department": [cast.aakanden.uuid],
        "department-close": [cast.aakanden.uuid],
        "employee": [cast.mette.uuid],
        "employee-edit": [cast.mette.uuid],
        "employee-invite": [cast.mette.uuid],
        "employee-letter": [cast.mette.uuid],
        "employee-forget-codes": [cast.mette.uuid],
        "job-add": [cast.mette.uuid],
        "job-end": [cast.mette.employments.get().uuid],
        "residents:resident": [cast.bo.uuid],
        "residents:resident-data": [cast.bo.uuid],
        "residents:access-judge": [cast.sampled.uuid],
        "consent:passed-on": [cast.bo.uuid],
        "consent:incident": [cast.incident.uuid],
        "consent:look-up": ["saw"],
        "consent:looked-up": [cast.lookup.uuid],
        "consent:looked-up-file": [cast.lookup.uuid],
        "consent:extract": [cast.bo.uuid],
        "relatives:resident-contacts": [cast.bo.uuid],
        "relatives:contact": [cast.called.uuid],
        "relatives:correct-contact": [cast.called.uuid],
        "relatives:follow-up": [cast.called.uuid],
        "consent:consents": [cast.bo.uuid],
        "consent:what-changes": [cast.bo.uuid],
        "consent:disclosures": [cast.bo.uuid],
        "consent:disclosure-record": [cast.bo.uuid],
        "consent:disclosure": [cast.told.uuid],
        "consent:disclosure-correct": [cast.told.uuid],
        "consent:disclosure-told": [cast.told.uuid],
        "meetings:move-in": [cast.bo.uuid],
        "meetings:plan": [cast.bo.uuid],
        "meetings:decline": [cast.bo.uuid],
        "meetings:move": [cast.talk.uuid],
        "meetings:participants": [cast.talk.uuid],
        "meetings:section": [cast.talk.uuid, "economy"],
        "meetings:my-expectation-end": [cast.hope.uuid],
        "meetings:extract-close": [cast.extract.uuid],
        "meetings:prepare-lend": [cast.talk.uuid],
        "meetings:together-prepare": [cast.bo.uuid],
        "meetings:question-section": ["economy"],
        "meetings:question-preview": ["economy"],
        "meetings:question-section-edit": ["economy"],
        "meetings:question-add": ["economy"],
        "meetings:question-edit": ["economy", "bank"],
        "meetings:agreement": [cast.talk.uuid],
        "meetings:finish": [cast.talk.uuid],
        "meetings:expectations": [cast.bo.uuid],
        "meetings:expectation-add": [cast.bo.uuid],
        "meetings:expectation-answer": [cast.hope.uuid],
        "meetings:expectation-end": [cast.hope.uuid],
        "meetings:expectation-disagree": [cast.hope.uuid],
        "meetings:disagreement-talked": [cast.differ.uuid],
        "meetings:prepare": [cast.talk.uuid],
        "meetings:prepare-take-back": [cast.talk.uuid],
        "meetings:prepare-together": [cast.talk.uuid],
        "meetings:prepared": [cast.talk.uuid],
        "meetings:letter": [cast.talk.uuid, cast.annas.uuid],
        "meetings:letter-paper": [cast.talk.uuid, cast.annas.uuid],
        "meetings:of-resident": [cast.bo.uuid],
        "meetings:meeting-plan": [cast.bo.uuid],
        "meetings:meeting": [cast.meeting.uuid],
        "meetings:meeting-move": [cast.gathering.uuid],
        "meetings:meeting-cancel": [cast.gathering.uuid],
        "meetings:meeting-invite": [cast.gathering.uuid],
        "meetings:meeting-participants": [cast.meeting.uuid],
        "meetings:item-add": [cast.meeting.uuid],
        "meetings:item": [cast.health_point.uuid],
        "meetings:minutes": [cast.health_point.uuid],
        "meetings:meeting-finish": [cast.meeting.uuid],
        "meetings:meeting-agreement": [cast.meeting.uuid],
        "meetings:meeting-calendar": [cast.meeting.uuid],
        "meetings:my-meeting": [cast.gathering.uuid],
        "meetings:my-meeting-answer": [cast.gathering.uuid],
        "meetings:my-meeting-suggest": [cast.gathering.uuid],
        "meetings:first-days": [cast.bo.uuid],
        "meetings:first-talk": [cast.first_talk.uuid],
        "meetings:record-print": [cast.talk.uuid],
        "meetings:printout": [cast.printed.uuid],
        "meetings:preparation-paper": ["resident"],
        "meetings:version": [cast.printed.uuid],
        "meetings:hand-out": [cast.printed.uuid, cast.annas.uuid],
        "meetings:hand-out-whole": [cast.printed.uuid],
        "meetings:extract": [cast.extract.uuid],
        "meetings:extract-paper": [cast.extract.uuid],
        "relatives:resident-agreements": [cast.bo.uuid],
        "relatives:agreement-paper": [cast.bo.uuid, "sheet"],
        "relatives:agreement-paper-blank": ["roles"],
        "relatives:agreement-sheets": [cast.aakanden.uuid],
        "relatives:agreement-record": [cast.bo.uuid],
        "relatives:agreement": [cast.dentist.uuid],
        "relatives:agreement-change": [cast.dentist.uuid],
        "relatives:agreement-done": [cast.dentist.uuid],
        "relatives:agreement-reopen": [cast.dentist.uuid],
        "relatives:agreement-end": [cast.dentist.uuid],
        "relatives:agreement-confirm": [cast.dentist.uuid],
        "relatives:agreement-follow-up": [cast.dentist.uuid],
        "relatives:agreement-too-much": [cast.dentist.uuid],
        "relatives:agreement-ask": [cast.dentist.uuid],
        "relatives:change-answer": [cast.wish.uuid],
        "relatives:who-does-what": [cast.bo.uuid],
        "relatives:who-to-call": [cast.bo.uuid],
        "relatives:call-paper": [cast.bo.uuid],
        "relatives:chain-change": [cast.annas.uuid],
        "relatives:resident-relatives": [cast.bo.uuid],
        "relatives:relative-add": [cast.bo.uuid],
        "relatives:relative-connect": [cast.bo.uuid],
        "relatives:relative": [cast.jenss.relative.uuid],
        "relatives:relative-erase": [cast.jenss.relative.uuid],
        "relatives:relative-change": [cast.jenss.relative.uuid],
        "relatives:relative-invite": [cast.jenss.relative.uuid],
        "relatives:relative-log-in": [cast.jenss.relative.uuid],
        "employee-log-out": [cast.mette.uuid],
        "relatives:relative-letter": [cast.jenss.relative.uuid],
        "relatives:relation-end": [cast.annas.uuid],
        "relatives:representation": [cast.guardianship.uuid],
        "relatives:representation-record": [cast.jenss.uuid],
        "relatives:representation-end": [cast.guardianship.uuid],
        "relatives:representation-in-error": [cast.guardianship.uuid],
        **of_the_residents_pages(cast),
        "consent:consent-ask": [cast.annas.uuid],
        "consent:history": [cast.annas.uuid],
        "consent:paper-print": [cast.annas.uuid],
        "consent:paper": [cast.asked_on_paper.uuid],
        "consent:paper-enter": [cast.asked_on_paper.uuid],
        "consent:consent-in-error": [cast.annas.consents.get().uuid],
        "consent:scan-add": [cast.signed.uuid],
        "consent:scan": [cast.scan.uuid],
        "consent:receipt": [cast.annas.consents.get().talk.uuid],
        "consent:receipt-paper": [cast.annas.consents.get().talk.uuid],
        "consent:what-would-change": [cast.annas.uuid],
        "consent:see-as": [cast.annas.uuid],
        "consent:see-as-page": [cast.annas.uuid, "my-agreements/"],
        "consent:may-i-tell": [cast.annas.uuid],
        "consent:consent-withdraw": [cast.annas.consents.get().uuid],
        "relatives:register-template": ["register"],
        "relatives:register-preview": [cast.register.uuid],
        "relatives:register-confirm": [cast.register.uuid],
        "relatives:register-forget": [cast.register.uuid],
        "relatives:register-receipt": [cast.register.uuid],
        **{
            f"knowledge:article-{page}": [cast.new_rules.uuid]
            for page in ("draft", "edit", "publish", "discard")
        },
        "knowledge:article": [cast.rules.address],
        **{
            f"knowledge:article-{page}": [cast.rules.address]
            for page in ("correct", "recall", "checked")
        },
        "knowledge:folder": [cast.solgaarden.uuid],
        "knowledge:present": [cast.face.job.uuid],
        "knowledge:portrait": [cast.rikkes_face.portrait.uuid],
        "knowledge:word-change": [cast.word.address],
        "knowledge:word-recall": [cast.word.address],
        "knowledge:association-change": [cast.friends.address],
        "knowledge:association-recall": [cast.friends.address],
        "news:news-draft": [cast.plans.uuid],
        "news:news-edit": [cast.plans.uuid],
        "news:news-publish": [cast.plans.uuid],
        "news:news-discard": [cast.plans.uuid],
        "news:news-item": [cast.party.address],
        "news:news-correct": [cast.party.address],
        "news:news-recall": [cast.party.address],
        "news:event-draft": [cast.outing.uuid],
        "news:event-edit": [cast.outing.uuid],
        "news:event-publish": [cast.outing.uuid],
        "news:event-discard": [cast.outing.uuid],
        "news:event": [cast.festival.address],
        "news:event-file": [cast.festival.address],
        "news:event-correct": [cast.festival.address],
        "news:event-call-off": [cast.festival.address],
        "news:feed": ["secret"],
        "news:news-attach": [cast.plans.uuid],
        "news:news-ask": [cast.plans.uuid],
        "news:news-return": [cast.plans.uuid],
        "news:news-read": [cast.party.address],
        "news:news-attachment": [cast.menu.uuid],
        # Without a key of one's own no picture; tests/news/test_news_files.py has the keys.
        "news:news-picture": [cast.poster.uuid, "key"],
        "news:news-detach": [cast.song.uuid],
        "news:newsletter": [cast.letter.uuid],
        "news:newsletter-edit": [cast.next_letter.uuid],
        "news:newsletter-send": [cast.next_letter.uuid],
        "news:newsletter-stop": [cast.letter.uuid],
        "news:newsletter-go-on": [cast.letter.uuid],
        "news:newsletter-discard": [cast.next_letter.uuid],
        "news:newsletter-move": [cast.next_letter.uuid, cast.party.address],
        "news:newsletter-paper": [cast.letter.uuid, cast.aakanden.uuid],
        "news:newsletter-addresses": [cast.letter.uuid, cast.aakanden.uuid],
        "news:everyday-of": [cast.bo.uuid],
        "news:entry": [cast.checkup.address],
        "news:entry-photos": [cast.checkup.address],
        "news:photo-words": [cast.checkup.address],
        "news:photo": [cast.photo.uuid],
        "news:photo-small": [cast.photo.uuid],
        "news:photo-recall": [cast.photo.uuid],
        "news:entry-write": [cast.bo.uuid],
        "news:entry-correct": [cast.checkup.address],
        "news:entry-recall": [cast.checkup.address],
        **dict.fromkeys(ENQUIRIES, [cast.enquiry.uuid]),
        "community:enquiry-person-end": [cast.enquiry.uuid, cast.rikkes.uuid],
        "community:idea": [cast.idea.uuid],
        "community:idea-answer": [cast.idea.uuid],
        "community:desk": [cast.aakanden.uuid],
        "community:of-resident": [cast.bo.uuid],
        "community:enquiry-record": [cast.bo.uuid],
    }.get(page, [])


def of_the_residents_pages(cast):
    """Bo's own pages, and the same together with an employee."""
    answer, relation = cast.annas.consents.get().uuid, cast.annas.uuid
    pages = {
        "person": [relation],
        "question": [relation, "health"],
        "answer": [answer],
        "undo": [answer],
        "stop": [relation, "health"],
        "stop-all": [relation],
        "stopped": [relation],
        "talk": [],
        "end": [],
    }
    together = {
        f"consent:together-{page}": [cast.bo.uuid, *names]
        for page, names in pages.items()
    }
    return {
        **{f"consent:mine-{page}": names for page, names in pages.items()},
        **together,
        "consent:together": [cast.bo.uuid],
        "consent:together-start": [cast.bo.uuid],
        "consent:talk-wish": [cast.talk_wish.uuid],
    }


def page_names(resolver=None, prefix=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            namespace = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from page_names(pattern, namespace)
        else:
            yield f"{prefix}{pattern.name}"


@pytest.fixture(autouse=True)
def quick_papers(monkeypatch):
    """Who may open a paper does not depend on how it is drawn."""
    monkeypatch.setattr("portal.pdf.draw", lambda document: b"%PDF")
    monkeypatch.setattr("portal.batches._line.submit", lambda *job: None)


@pytest.mark.parametrize(
    ("page", "method", "statuses"),
    [pytest.param(*way, id=f"{way[1]}-{way[0]}") for way in WAYS],
)
def test_access(cast, sign_in, page, method, statuses):
    path = reverse(page, args=arguments(page, cast))

    got = {}
    changed = set()
    for person in statuses:
        got[person], tables = asked(sign_in, getattr(cast, person), method, path)
        changed |= tables

    assert got == statuses
    if method == "GET":
        assert changed <= WRITTEN_BY_READING | WRITTEN_BY.get(page, set())


def asked(sign_in, person, method, path):
    """The status, and which tables were written to; and then it is undone."""
    with transaction.atomic():
        client = sign_in(person)
        with writing() as tables:
            answer = client.generic(method, path)
        transaction.set_rollback(True)
    return answer.status_code, tables


# Whoever reads is written down, is still there, and has their papers drawn.
WRITTEN_BY_READING = {
    "residents_accessevent",
    "django_session",
    "usersessions_usersession",
    "portal_cache",
}
WRITTEN_BY = {
    # Who reads the log, and takes some of it along, stands in it.
    "consent:log-events": {"portal_auditevent"},
    "consent:looked-up-file": {"portal_auditevent"},
    # Who looked through another's eyes, and at whose signature.
    "consent:see-as": {"portal_auditevent"},
    "consent:see-as-page": {"portal_auditevent"},
    "consent:scan": {"portal_auditevent"},
    # The paper of a version, kept when it is drawn for the first time.
    "meetings:printout": {"meetings_printout"},
}


@contextmanager
def writing():
    """The tables that are written to meanwhile."""
    tables = set()

    def look(execute, sql, params, many, context):
        if written := WRITES.match(sql):
            tables.add(written[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield tables


WRITES = re.compile(
    r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM|WITH .*?(?:INSERT INTO|UPDATE|DELETE FROM)) "?(\w+)',
    re.S | re.I,
)


def test_every_page_is_in_the_table():
    assert {page for page, _method, _statuses in WAYS} | OPEN == set(page_names())


def test_as_many_pages_are_tried_as_there_are():
    """Numbers, so that none is lost unseen. A new page raises them."""
    pages = list(page_names())

    assert len(pages) == ROUTES
    # A second one by the same name would not be tried.
    assert len(set(pages)) == len(pages)
    assert len({(page, method) for page, method, _statuses in WAYS}) == TRIED
    assert len(WAYS) == TRIED


def test_a_page_does_nothing_else_than_the_table_says(cast, sign_in):
    """Whoever it is: Karen manages Bo's department, and Bo may do what is his."""
    tabled = {(page, method) for page, method, _statuses in WAYS}
    others = [
        (page, method)
        for page in {page for page, _method in tabled}
        for method in ("GET", "POST")
        if (page, method) not in tabled
    ]
    for person in (cast.karen, cast.bos):
        client = sign_in(person)
        done = {
            (page, method)
            for page, method in others
            if client.generic(
                method, reverse(page, args=arguments(page, cast))
            ).status_code
            != 405
        }
        assert done == set()
