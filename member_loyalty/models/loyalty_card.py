import secrets
from decimal import Decimal

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, ValidationError
from odoo.tools import mute_logger

from ..logic.point_posting import Posting
from ..logic.purchase_posting import exact

CODE_BYTES = 10  # 80 bits: of ten million codes two collide once in 24 billion times
BY_LEDGER = "member_points_by_ledger"


class LoyaltyCard(models.Model):
    """A card whose points the member ledger keeps, when it belongs to a program."""

    _name = "loyalty.card"
    _inherit = [
        "member.number.guard",
        "loyalty.card",
        "member.card.guard",
        "member.card.transfer",
    ]

    member_program_id = fields.Many2one(
        comodel_name="member.program",
        string="Membership Program",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    member_owner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Member",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Whose points these are: the company, or a contact alone.",
    )
    member_successor_id = fields.Many2one(
        comodel_name="loyalty.card",
        string="Continued on",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The card that took over the points when two members were merged.",
    )
    member_debt = fields.Float(
        string="Points Owed",
        digits=(16, 2),
        readonly=True,
        copy=False,
        help="Points to be taken back that were spent already; what is earned next"
        " pays them.",
    )
    member_movement = fields.Integer(
        string="Movements", readonly=True, copy=False, help="Counts up with each entry."
    )
    member_usable_points = fields.Float(
        string="Usable Points",
        digits=(16, 2),
        compute="_compute_member_usable_points",
        compute_sudo=True,
        help="Without points that have expired.",
    )

    _one_wallet = models.UniqueIndex(
        "(program_id, member_owner_id) WHERE active AND member_owner_id IS NOT NULL",
        "This member already has a card of the program.",
    )

    _partner_program = models.Index("(partner_id, program_id)")

    @api.constrains("expiration_date")
    def _check_no_expiry_of_card(self):
        for card in self:
            if card.expiration_date and card._is_kept_by_ledger():
                raise ValidationError(
                    self.env._(
                        "A member's card does not expire; its points do, as the"
                        " program says. Leave the expiry of the card empty."
                    )
                )

    @api.model
    def _generate_code(self):
        """Override of `loyalty`: its codes have 32 random bits and collide."""
        native = super()._generate_code()
        return native[:3] + secrets.token_hex(CODE_BYTES)

    @api.depends("points")
    def _compute_member_usable_points(self):
        kept = self.filtered("member_program_id")
        usable = self.env["member.point.ledger"]._get_usable(kept.ids)
        for card in self:
            card.member_usable_points = usable.get(card.id, card.points)

    def _is_kept_by_ledger(self):
        """Tell whether every point on this card has an entry."""
        return bool(self.sudo().member_program_id)

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `loyalty`: cards of a membership have an owner and entries.

        :raises AccessError: for those who may not open such cards
        """
        self._check_may_create(vals_list)
        programs = self.env["loyalty.program"].sudo()
        points = []
        for vals in vals_list:
            if "program_id" not in vals:
                vals.update(self.default_get(["program_id"]))
            program = programs.browse(vals.get("program_id"))
            given = 0
            if member_program := program.member_program_id:
                vals["member_program_id"] = member_program.id
                vals["member_owner_id"] = (
                    vals.get("member_owner_id") or vals.get("partner_id") or False
                )
                self._refuse_endless_numbers(vals)
                given = vals.get("points") or 0
                vals["points"] = 0
            points.append(given)
        cards = super().create(vals_list)
        for card, given in zip(cards, points, strict=True):
            card._book_change(given)
        return cards

    def write(self, vals):
        """Override of `loyalty`: points of a membership move by entries only.

        :raises AccessError: for those who may not change such cards
        """
        self._check_may_write(vals)
        if "points" not in vals:
            return super().write(vals)
        kept = self.filtered(lambda card: card._is_kept_by_ledger())
        if not kept:
            return super().write(vals)
        self._refuse_endless_numbers(vals)
        result = super(LoyaltyCard, self - kept).write(vals) if self - kept else True
        rest = {name: value for name, value in vals.items() if name != "points"}
        if rest:
            result = super(LoyaltyCard, kept).write(rest)
        if not self.env.context.get(BY_LEDGER):
            for card in kept:
                card._book_change(vals["points"] - card.points)
        return result

    def _book_change(self, change):
        """Book what somebody wrote into the points of a card.

        :param float change: points that came, negative when they went
        """
        self.ensure_one()
        change = exact(change).quantize(Decimal("0.01"))
        if not change or not self._is_kept_by_ledger():
            return
        context = self.env.context
        program = self.sudo().member_program_id
        now = fields.Datetime.now()
        self.env["member.point.ledger"]._post(
            [
                Posting(
                    self.id,
                    self._get_kind_of_change(),
                    change,
                    now,
                    expires_at=program._get_point_expiry(now) if change > 0 else None,
                    reason=context.get("member_point_reason")
                    or self.env._("Written by %(user)s", user=self.env.user.name),
                )
            ]
        )

    @api.model
    def _get_kind_of_change(self):
        """Return the kind of entry; nobody outside can choose it by the context."""
        kind = self.env.su and self.env.context.get("member_point_kind")
        return kind or "adjusted"

    def _get_current(self):
        """Return the card that is used today: this one, or what it was merged into."""
        card = self.sudo()
        while card.member_successor_id:
            card = card.member_successor_id
        return card

    @api.model
    def _get_member_wallet(self, program, partner, create=False):
        """Return the card that holds a contact's points of a membership program.

        :param program: a membership program that gives points
        :param partner: the contact; the purse may be that of its company
        :param bool create: make the card when there is none
        """
        wallet_id = program._get_points_policy().wallet_id
        owner = program._get_wallet_owner(partner.sudo())
        card = self.sudo().search(
            [("program_id", "=", wallet_id), ("member_owner_id", "=", owner.id)],
            limit=1,
        )
        if card or not create:
            return card
        return self._open_member_cards(program, owner.ids)

    @api.model
    def _open_member_cards(self, program, owner_ids):
        """Make cards for those who hold points of a program and have none.

        :raises ConcurrencyError: when another transaction just made one of them; the
            caller is run again and finds it
        """
        policy = program._get_points_policy()
        cards = self.sudo().with_context(loyalty_no_mail=True, tracking_disable=True)
        values = [
            {
                "program_id": policy.wallet_id,
                "partner_id": owner_id if policy.purse == "contact" else False,
                "member_owner_id": owner_id,
                "points": 0,
            }
            for owner_id in owner_ids
        ]
        try:
            # a clash is no error to report: the caller is run again
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                return cards.create(values)
        except UniqueViolation as clash:
            raise ConcurrencyError(
                self.env._("Another process just made the same card.")
            ) from clash

    def _mail_get_partner_fields(self, introspect_fields=False):
        """Override of `mail`: a company's purse has an owner instead of a contact."""
        found = super()._mail_get_partner_fields(introspect_fields=introspect_fields)
        return [*found, "member_owner_id"]

    def _tell_milestones(self, before):
        """Send what the card's program sends when points reach a milestone.

        Odoo does so when it writes the points itself.

        :param before: {card id: points} as they were
        """
        for card in self.filtered("program_id.communication_plan_ids"):
            plans = card.program_id.communication_plan_ids.filtered(
                lambda plan, card=card: (
                    plan.trigger == "points_reach"
                    and before[card.id] < plan.points <= card.points
                )
            )
            for plan in plans.sorted("points")[-1:]:
                plan.mail_template_id.send_mail(
                    card.id, email_layout_xmlid="mail.mail_notification_light"
                )
