from odoo import api, models


class MemberSegmentExamples(models.AbstractModel):
    """Segments to start with: they keep no tag, mail nobody and can be deleted."""

    _name = "member.segment.examples"
    _description = "Examples of Segments"

    @api.model
    def action_create_examples(self):
        """Make the examples that the first program of the company does not have yet.

        :raises AccessError: for those who may make no segments for everybody
        """
        program = self._default_program_id()
        self._create_examples(program)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _start_with_examples(self):
        """Make the examples for the first program of each company."""
        companies = self.env["res.company"].sudo().search([("active", "=", True)])
        for company in companies:
            program = self.env["member.program"]._get_company_programs(company)[:1]
            self.with_company(company)._create_examples(program)

    @api.model
    def _create_examples(self, programs):
        """Make the examples for programs, in every language that is installed."""
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        for program in programs:
            known = set(
                self.with_context(active_test=False, lang="en_US")
                .search([("program_id", "=", program.id)])
                .mapped("name")
            )
            english = self.with_context(lang="en_US")._get_examples(program)
            for position, values in enumerate(english):
                if values["name"] in known:
                    continue
                segment = self.with_context(lang="en_US").create(values)
                for code in languages:
                    words = self.with_context(lang=code)._get_examples(program)
                    segment.with_context(lang=code).write(
                        {
                            name: words[position][name]
                            for name in ("name", "description")
                        }
                    )

    @api.model
    def _get_examples(self, program):
        """Return the values of the examples, in the language of the environment."""
        examples = [
            {
                "name": self.env._("New without First Order"),
                "description": self.env._(
                    "Joined lately and never bought: welcome them."
                ),
                "joined_within_days": 90,
                "purchase_history": "never",
            },
            {
                "name": self.env._("Active, High Value"),
                "description": self.env._(
                    "Buy now and are worth most: keep them close."
                ),
                "bought_within_days": 90,
                "value_score_min": 70,
            },
            {
                "name": self.env._("Sleeping"),
                "description": self.env._(
                    "Bought once, but not for half a year: wake them."
                ),
                "purchase_history": "bought",
                "not_bought_within_days": 180,
            },
            {
                "name": self.env._("Sensitive to Promotions"),
                "description": self.env._("Buy mostly with a promotion or a coupon."),
                "promotion_share_min": 50,
            },
        ]
        return [
            {"program_id": program.id, "sequence": position, **values}
            for position, values in enumerate(
                examples + self._get_tier_examples(program), 1
            )
        ]

    @api.model
    def _get_tier_examples(self, program):
        """Return the example about a tier: the first above the starting tier."""
        tier = program.sudo()._get_tiers()[1:2]
        if not tier:
            return []
        return [
            {
                "name": self.env._(
                    "%(tier)s, No Purchase for 3 Months", tier=tier.name
                ),
                "description": self.env._(
                    "Welcome them back, for example with 2 % off."
                ),
                "tier_ids": [(6, 0, tier.ids)],
                "not_bought_within_days": 90,
            }
        ]
