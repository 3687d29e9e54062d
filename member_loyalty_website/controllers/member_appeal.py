from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.http import content_disposition, request, route
from odoo.tools import mute_logger
from odoo.tools.mimetypes import guess_mimetype

from ..logic import appeal_form
from .member_portal import MemberPortal

URL = "/my/membership/appeal"
TRIES, MINUTES = 10, 60


class MemberAppeal(MemberPortal):
    """A member asks for a higher tier, and follows what becomes of it."""

    @route(
        [URL, f"{URL}/<int:membership_id>"],
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def my_membership_appeal(self, membership_id=None, **_parameters):
        """Show the appeals of a membership, and the form to file one."""
        membership = self._find_appealing(membership_id)
        if not membership:
            raise request.not_found()
        return self._render_appeal(membership)

    @route(
        f"{URL}/<int:membership_id>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def file_member_appeal(self, membership_id, **parameters):
        """File an appeal for the buyer's own membership, and submit it."""
        membership = self._find_appealing(membership_id)
        if not membership or not membership._may_file_appeal():
            raise request.not_found()
        if not self._take_appeal_try("appeal"):
            problem = request.env._(
                "That was very often in a short time. Try again in an hour."
            )
            return self._render_appeal(membership, problem, parameters)
        form = appeal_form.read(parameters)
        problem, files = self._find_appeal_problem(membership, form)
        if not problem:
            problem = self._file_appeal(membership, form, files)
        if problem:
            return self._render_appeal(membership, problem, parameters)
        return request.redirect(f"{URL}/{membership.id}")

    @route(
        f"{URL}/<int:membership_id>/withdraw",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def withdraw_member_appeal(self, membership_id, **_parameters):
        """Take back what waits for a decision."""
        membership = self._find_appealing(membership_id)
        appeal = membership._get_open_appeals().filtered(
            lambda one: one.state in ("draft", "submitted")
        )
        if not appeal or appeal.filed_by_id != request.env.user:
            raise request.not_found()
        try:
            appeal.action_withdraw()
        except UserError as error:
            return self._render_appeal(membership, str(error))
        return request.redirect(f"{URL}/{membership.id}")

    @route(
        f"{URL}/evidence/<int:attachment_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def my_appeal_evidence(self, attachment_id, **_parameters):
        """Give back a file to who filed it."""
        filed = self._find_memberships().appeal_ids.filtered(
            lambda one: one.filed_by_id == request.env.user
        )
        file = filed.evidence_attachment_ids.filtered(
            lambda one: one.id == attachment_id
        )
        if not file:
            raise request.not_found()
        return request.make_response(
            file.raw,
            [
                ("Content-Type", "application/octet-stream"),
                ("Content-Disposition", content_disposition(file.name)),
                ("Cache-Control", "private, no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    def _find_appealing(self, membership_id):
        """Return the buyer's own membership that may appeal, or has appealed."""
        memberships = self._find_memberships().filtered(
            lambda one: one._shows_appeals()
        )
        if membership_id is None:
            return memberships[:1]
        return memberships.filtered(lambda one: one.id == membership_id)

    def _take_appeal_try(self, action):
        who = request.env.user.partner_id.id
        return request.env["member.attempt"].sudo()._take(action, who, TRIES, MINUTES)

    def _find_appeal_problem(self, membership, form):
        """Return in words what is wrong with a form, and the files that came along."""
        company = membership.company_id
        today = company._member_today()
        tiers = membership._get_tiers_to_wish()
        problem = appeal_form.find_problem(form, frozenset(tiers.ids), today)
        files = [
            (upload.filename, upload.read(appeal_form.MOST_BYTES + 1))
            for upload in request.httprequest.files.getlist("evidence")[
                : appeal_form.MOST_FILES + 1
            ]
            if upload.filename
        ]
        problem = problem or appeal_form.find_problem_of_files(
            [(name, len(raw), guess_mimetype(raw)) for name, raw in files]
        )
        return self._say_appeal_problem(problem), files

    def _say_appeal_problem(self, problem):
        """Return a problem in words that say what to do."""
        env = request.env
        return {
            "": "",
            "tier": env._("Choose a tier above the one you hold."),
            "reason": env._(
                "Say in a few sentences why you wish the tier, at most %(most)s"
                " characters.",
                most=appeal_form.LONGEST_REASON,
            ),
            "amount": env._("Enter the amount you promise as a number, 0 for none."),
            "until": env._("Choose a day after today, at most two years ahead."),
            "count": env._("Add at most %(most)s files.", most=appeal_form.MOST_FILES),
            "size": env._("Each file can have at most 5 MB, and must not be empty."),
            "type": env._(
                "Files can be PDF, pictures (PNG, JPEG), or office documents (DOCX,"
                " XLSX, ODT, ODS)."
            ),
        }[problem]

    def _file_appeal(self, membership, form, files):
        """File and submit; return what went wrong in words, nothing if all is well."""
        appeals = request.env["member.tier.appeal"].sudo()
        try:
            with request.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                evidence = (
                    request.env["ir.attachment"]
                    .sudo()
                    .create(
                        [
                            {"name": name[:120], "raw": raw, "res_model": appeals._name}
                            for name, raw in files
                        ]
                    )
                )
                appeal = appeals.create(
                    {
                        "membership_id": membership.id,
                        "tier_id": form.tier_id,
                        "reason": form.reason,
                        "promised_amount": float(form.amount),
                        "wished_until": form.until,
                        "evidence_attachment_ids": evidence.ids,
                    }
                )
                appeal.action_submit()
        except UserError as error:
            return str(error)
        except IntegrityError:
            return request.env._("You have filed an appeal already. It is shown below.")
        return ""

    def _render_appeal(self, membership, problem="", parameters=None):
        values = self._prepare_portal_layout_values()
        today = membership.company_id._member_today()
        values.update(
            page_name="membership_appeal",
            membership=membership,
            appeals=membership.appeal_ids.sorted("id", reverse=True),
            may_file=membership._may_file_appeal(),
            tiers=membership._get_tiers_to_wish(),
            problem=problem,
            typed=appeal_form.echo(parameters or {}),
            first_day=(today + timedelta(days=1)).isoformat(),
            last_day=appeal_form.last_day(today).isoformat(),
            user=request.env.user,
        )
        return request.render("member_loyalty_website.portal_my_appeal", values)
