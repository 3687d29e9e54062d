from odoo import models

from ..queries import point_import as queries


class MemberPointImportCheck(models.AbstractModel):
    """Finds out whose the rows of opening balances are."""

    _name = "member.point.import.check"
    _description = "Check of Opening Balances"

    def _find_members(self):
        """Find the owner of each row; those who hold the points by the program."""
        self.ensure_one()
        program = self.program_id
        self.env["res.partner"].flush_model()
        column = "id" if program.purse == "contact" else "commercial_partner_id"
        if self.source == "cards":
            self.env.execute_query(queries.set_owners_of_cards(self.id, column))
        else:
            self.env.execute_query(
                queries.find_owners(
                    self.env, self.id, column, self.company_id.parent_ids.ids
                )
            )
        self.env["member.point.import.line"].invalidate_model()
