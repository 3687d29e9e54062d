"""Show what sales sees: inquiries, scores, calls, segments, duplicates.

Runs in ``odoo shell`` after the benefits are there. What customers would write and a
manager would switch on is done here with the same methods.
"""

import sys
from datetime import datetime, timedelta

from odoo import Command

# days ago, language, subject, text; each is sent by another member of silver or gold
INQUIRIES = (
    (
        160,
        "Price for bunting",
        (
            "We need 500 pcs of the party bunting, CIF Hamburg, by"
            " the end of next month. Our target price is USD 2.10 per piece."
        ),
    ),
    (
        95,
        "Anfrage Lampen",
        (
            "Guten Tag, wir benötigen 1.200 Stück Laternen, Zielpreis"
            " 3,50 EUR pro Stück, Lieferung frei Haus Hamburg bis 15.03."
        ),
    ),
    (
        40,
        "询价",
        "你好，我们需要 2000 个蛋糕架，目标价 15 元/个，FOB 上海，下个月交货。",
    ),
    (
        33,
        "Demande de prix",
        (
            "Bonjour, merci de nous coter 300 boîtes de cartes,"
            " livraison CIP Lyon, prix cible 4,20 € la boîte."
        ),
    ),
    (
        21,
        "Consulta",
        (
            "Necesitamos 50 cajas de velas y 120 piezas de tazas, CIF"
            " Valencia. ¿Cuál es su mejor precio?"
        ),
    ),
    (
        14,
        "Запрос",
        (
            "Здравствуйте! Нужно 800 шт. кружек, цена до 150 руб. за штуку,"
            " доставка DAP Москва."
        ),
    ),
    (9, "طلب سعر", "مرحبا، نحتاج إلى ٥٠٠ قطعة من الأكواب، التسليم CIF دبي خلال شهر."),
    (
        6,
        "お見積り",
        "ティーカップを300個お願いします。納期は来月末、CIF横浜でお願いします。",
    ),
    (
        3,
        "Cotação",
        (
            "Precisamos de 250 unidades de luminárias, entrega em Lisboa, preço"
            " alvo de 6,00 € por unidade."
        ),
    ),
)
VAGUE = (
    (12, "Hello", "Do you have nice things? Send catalogue please."),
    (5, "Question", "What are your opening hours?"),
)
SPAM = (
    (
        4,
        "Rank first in Google",
        (
            "Dear Sir, we offer SEO services and guest posts, first"
            " page of Google guaranteed. Click http://seo.example http://win.example"
        ),
    ),
)


def load(env):
    """Let members ask, switch calls on, and work out what there is to know."""
    program = env["member.program"].search([], limit=1)
    say("inquiries in nine languages")
    receive_inquiries(env, program)
    say("calls, scores, forecasts, duplicates")
    switch_calls_on(env, program)
    make_duplicates(env, program)
    program._refresh_insight()
    env["member.duplicate"]._cron_find_duplicates()
    env["member.data.health"]._cron_take_health()
    env.cr.commit()


def say(what):
    """Show what is being done."""
    print(f"      {what}", file=sys.stderr, flush=True)


def receive_inquiries(env, program):
    """Let silver and gold members ask, and others who say little."""
    members = env["member.membership"].search(
        [("program_id", "=", program.id)], order="tier_id desc, id", limit=12
    )
    for partner in members.partner_id.filtered(lambda one: not one.email):
        number = partner.name.split()[-1]
        partner.email = f"office@customer-{number}.example"
    letters = sorted(INQUIRIES + VAGUE + SPAM, reverse=True)
    for number, (days, subject, text) in enumerate(letters):
        # three of them come from the same member
        sender = members.partner_id[max(number - 2, 0) % len(members)]
        is_spam = any(text == spam for _days, _subject, spam in SPAM)
        env.cr._now = datetime.now() - timedelta(days=days)
        env["crm.lead"].create(
            {
                "name": subject,
                "description": text,
                "type": "lead" if is_spam else "opportunity",
                "email_from": "seo@ranking.example" if is_spam else sender.email,
                "partner_id": False if is_spam else sender.id,
            }
        )
    env.cr._now = datetime.now()


def switch_calls_on(env, program):
    """Let the salesperson make calls."""
    sam = env["res.users"].search([("login", "=", "salesperson")])
    program.write(
        {"calls_enabled": True, "call_user_ids": [Command.set(sam.ids)]},
    )


def make_duplicates(env, program):
    """Enter two customers a second time, as happens when nobody looks."""
    members = env["member.membership"].search(
        [("program_id", "=", program.id)], order="tier_id desc, id", limit=2
    )
    for partner in members.partner_id:
        contact = env["res.partner"].create(
            {
                "name": f"{partner.name} Ltd.",
                "is_company": True,
                "email": partner.email,
                "country_id": partner.country_id.id,
            }
        )
        program._enroll_partners(contact, "hand")


load(env)  # noqa: F821  the shell provides it
