from odoo import fields, models
from odoo.exceptions import UserError

from ..queries import point_import as queries
from ..queries import point_takeover


class MemberPointImportCards(models.AbstractModel):
    """Takes over cards of Odoo's own loyalty: the program becomes the wallet of the
    membership, with its rewards and the numbers on its customers' cards.

    Where the membership keeps points already, they move over to its wallet instead.
    """

    _name = "member.point.import.cards"
    _description = "Take-over of Loyalty Cards"

    is_adopted = fields.Boolean(
        string="Became the Points Program", readonly=True, copy=False
    )

    def _stage_cards(self):
        """Keep a row for each card of the native program."""
        self.ensure_one()
        self._check_can_be_taken_over()
        self.env.execute_query(queries.forget_lines(self.id))
        self.env.execute_query(
            queries.insert_cards(self.env, self.id, self.native_program_id.id)
        )
        self.env.execute_query(queries.analyze_lines())

    def _check_can_be_taken_over(self):
        """Let native programs pass that nobody keeps yet, of the same company.

        :raises UserError: for the others
        """
        native = self.native_program_id.sudo()
        if not native:
            raise UserError(self.env._("Choose the loyalty program to take over."))
        if native.program_type != "loyalty" or native.member_program_id:
            raise UserError(
                self.env._(
                    "%(program)s is not a loyalty program, or a membership keeps its"
                    " points already.",
                    program=native.name,
                )
            )
        if native.company_id and native.company_id != self.company_id:
            raise UserError(
                self.env._(
                    "%(native)s belongs to %(other)s, and %(program)s to %(company)s."
                    " Points do not move between companies.",
                    native=native.name,
                    other=native.company_id.name,
                    program=self.program_id.name,
                    company=self.company_id.name,
                )
            )

    def _take_cards_over(self):
        """Empty the cards, and let them be wallets where there are none yet."""
        self._check_can_be_taken_over()
        self._check_cards_are_as_checked()
        self.env.flush_all()
        self.env.execute_query(
            point_takeover.empty_cards(
                self.env,
                self.id,
                self.env.uid,
                self.env._("Moved into the points account"),
            )
        )
        program = self.program_id.sudo()
        if not program.wallet_id:
            self._adopt_program(program)
        self.env.execute_query(point_takeover.archive_cards(self.id))
        self.env.invalidate_all(flush=False)

    def _check_cards_are_as_checked(self):
        """Let batches pass whose cards hold what they held at the check.

        :raises UserError: when cards changed meanwhile
        """
        changed = self.env.execute_query(
            queries.changed_cards(self.id, self.native_program_id.id)
        )
        if changed:
            raise UserError(
                self.env._(
                    "%(count)s cards have changed since the check. Check again.",
                    count=len(changed),
                )
            )

    def _adopt_program(self, program):
        """Let the native program be the one that keeps the membership's points."""
        native = self.native_program_id.sudo()
        native.write({"member_program_id": program.id, "applies_on": "both"})
        if not native.company_id:
            native.company_id = self.company_id
        program.wallet_id = native
        program._ensure_earning_rule()
        self.is_adopted = True
        self.env.flush_all()
        self.env.execute_query(
            point_takeover.adopt_cards(self.id, program.id, program.purse == "company")
        )

    def _hand_cards_back(self):
        """Put the points that could be taken back on the cards they came from.

        A program that became the wallet is given back when nothing but this batch was
        ever booked on it, and all of it could be taken back; else it goes on as it is.
        """
        self.env.flush_all()
        [(is_spoken_of,)] = self.env.execute_query(
            point_takeover.is_spoken_of(self.id, self.program_id.id)
        )
        if self.is_adopted and is_spoken_of:
            return
        self.env.execute_query(
            point_takeover.hand_back(
                self.env, self.id, self.env.uid, self.env._("Take-over undone")
            )
        )
        self.env.invalidate_all(flush=False)
        if not self.is_adopted:
            return
        self.program_id.sudo().wallet_id = False
        self.native_program_id.sudo().member_program_id = False
        self.is_adopted = False
