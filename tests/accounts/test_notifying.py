from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import translation

from leadops.accounts import notifying
from leadops.accounts.models import Notice
from leadops.accounts.notifying import Telling
from tests.factories import TUESDAY, make_user
from tests.handoff.at_once import at_once

FACTS = {"sentence": "New leads for you: %(count)s", "gaps": {"count": 3}}


def tell(*users, key="run:1"):
    return notifying.tell(users, "assigned", key, FACTS, "/queue/", TUESDAY)


@pytest.mark.django_db
def test_a_user_is_told_once_for_a_key():
    one, other = make_user(), make_user()
    tell(one)
    tell(one, other)
    assert sorted(Notice.objects.values_list("user", "key")) == [
        (one.pk, f"run:1:{one.pk}"),
        (other.pk, f"run:1:{other.pk}"),
    ]


@pytest.mark.django_db
@override_settings(LEADOPS_URL="https://leadops.example")
def test_one_notice_is_mailed_as_its_sentence_and_only_once():
    user = make_user()
    tell(user)
    assert notifying.send(TUESDAY + timedelta(minutes=1)) == 1
    assert notifying.send(TUESDAY + timedelta(minutes=2)) == 0
    assert [(sent.to, sent.subject, sent.body) for sent in mail.outbox] == [
        ([user.email], "New leads for you: 3", "New leads for you: 3\nhttps://leadops.example/queue/\n")
    ]


@pytest.mark.django_db
def test_many_notices_are_one_mail():
    user = make_user()
    for n in range(25):
        tell(user, key=f"run:{n}")
    assert notifying.send(TUESDAY) == 1
    assert mail.outbox[0].subject == "LeadOps: 25 messages"
    assert mail.outbox[0].body.count("New leads for you: 3") == 20
    assert Notice.objects.unsent().count() == 0


@pytest.mark.django_db
def test_what_was_read_and_who_left_get_no_mail():
    reader, gone = make_user(), make_user(is_active=False)
    tell(reader, gone)
    Notice.objects.filter(user=reader).update(read_at=TUESDAY)
    assert notifying.send(TUESDAY) == 0
    assert (len(mail.outbox), Notice.objects.unsent().count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(("mailed", "subject"), [("all", "LeadOps: 2 messages"), ("urgent", "Late"), ("none", "")])
def test_readers_choose_what_is_mailed(mailed, subject):
    user = make_user(mailed=mailed)
    tell(user)
    notifying.tell_each([Telling(user.pk, "remind", "late", "Late", is_urgent=True)], at=TUESDAY)
    assert notifying.send(TUESDAY) == bool(subject)
    assert [sent.subject for sent in mail.outbox] == [subject] * bool(subject)
    assert (Notice.objects.unsent().count(), user.notices.filter(read_at=None).count()) == (0, 2)


@pytest.mark.django_db
@override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1)
def test_what_cannot_be_mailed_waits_for_the_next_sweep():
    tell(make_user())
    assert notifying.send(TUESDAY) == 0
    assert Notice.objects.unsent().count() == 1


@pytest.mark.parametrize(("language", "holder"), [("en", "Returned by sales"), ("nl", "Terug van sales")])
def test_a_queue_is_called_as_its_reader_calls_it(language, holder):
    facts = {"sentence": "%(holder)s", "gaps": {"holder": {"said": "Returned by sales"}}}
    with translation.override(language):
        assert notifying.said(Notice(facts=facts)) == holder


@pytest.mark.django_db
def test_moments_are_said_in_the_readers_zone():
    user = make_user()
    gaps = {"due_at": TUESDAY.isoformat()}
    notifying.tell_each([Telling(user.pk, "x", "x", "Due %(due_at)s", gaps)], at=TUESDAY)
    notifying.send(TUESDAY)
    assert mail.outbox[0].subject == "Due 06/16/2026 10 a.m."


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_mail_each_user_once():
    users = [make_user() for _ in range(5)]
    tell(*users)
    counts = at_once(*[lambda: notifying.send(TUESDAY)] * 3)
    assert sum(counts) == len(mail.outbox) == 5
