"""Members are told once, however many processes tell them at the same time."""

import process_tools
import tools

MEMBERS = 60
PROCESSES = 3
PREPARE = f"""
program = env["member.program"].search([], limit=1)
program.notify_members = True
people = env["res.partner"].create([
    {{"name": f"Member {{n}}", "email": f"m{{n}}@example.com"}}
    for n in range({MEMBERS})
])
env.cr.commit()
"""
TELL = """
import os, random, time
from functools import partial
from odoo.service.model import retrying
from odoo.addons.member_loyalty.logic.notification import Notice
program = env["member.program"].search([], limit=1)
people = env["res.partner"].search([("name", "like", "Member %")], order="id")
parts = [people.ids[start : start + 5] for start in range(0, len(people), 5)]
random.shuffle(parts)
print("ready", flush=True)
while not os.path.exists({signal!r}):
    time.sleep(0.001)
for part in parts:
    notices = [Notice(one, "spring", {{"tier": "Silver"}}) for one in part]
    tell = partial(env["member.notification"]._notify, "tier_up", notices, program)
    for _again in range(20):
        try:
            retrying(tell, env)
            env.cr.commit()
            break
        except Exception as error:
            env.cr.rollback()
            failure = error
    else:
        raise failure
"""


def test_each_member_has_one_message_and_one_mail(shop, tmp_path):
    process_tools.run(shop, PREPARE)
    signal = tmp_path / "go"
    script = TELL.format(signal=str(signal))
    processes = [process_tools.start(shop, script) for _ in range(PROCESSES)]

    signal.touch()
    for process in processes:
        process_tools.end(process)

    [(messages, members)] = tools.sql(
        shop,
        "SELECT COUNT(*), COUNT(DISTINCT partner_id) FROM member_notification"
        " WHERE kind = 'tier_up' AND on_site AND mail_state = 'queued'",
    )
    assert (messages, members) == (MEMBERS, MEMBERS)
    [(mails, told)] = tools.sql(
        shop,
        "SELECT COUNT(*), COUNT(DISTINCT message.res_id) FROM mail_mail mail"
        " JOIN mail_message message ON message.id = mail.mail_message_id"
        " WHERE message.model = 'member.notification'",
    )
    assert (mails, told) == (MEMBERS, MEMBERS)
