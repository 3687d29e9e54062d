import base64

from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

HEADER = "Invoice,Date,Customer ID,Email,Name,Country,Currency,Amount"


class ImportCommon(BaseCommon):
    """A shop that accounts in pounds, its program, and an officer who imports."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pound = cls.env.ref("base.GBP")
        cls.pound.active = True
        cls.company = cls._create_company("Gift Shop")
        cls.program = cls._create_program(cls.company)
        cls.officer = cls._create_user("importer", "officer")

    @classmethod
    def _create_company(cls, name):
        return cls.env["res.company"].create(
            {"name": name, "currency_id": cls.pound.id}
        )

    @classmethod
    def _create_user(cls, login, group, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env,
            login,
            groups=f"member_loyalty.member_loyalty_group_{group}",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )

    @classmethod
    def _create_program(cls, company, silver=1000, gold=10000, gold_orders=None):
        rules = [cls._prepare_rule("purchase_amount", gold)]
        if gold_orders:
            rules.append(cls._prepare_rule("order_count", gold_orders))
        return cls.env["member.program"].create(
            {
                "name": f"Club of {company.name}",
                "company_id": company.id,
                "tier_ids": [
                    (0, 0, {"name": "Ordinary", "sequence": 10}),
                    (0, 0, {
                        "name": "Silver",
                        "sequence": 20,
                        "rule_ids": [cls._prepare_rule("purchase_amount", silver)],
                    }),
                    (0, 0, {"name": "Gold", "sequence": 30, "rule_ids": rules}),
                ],
            }
        )  # fmt: skip

    @classmethod
    def _prepare_rule(cls, metric, value):
        condition = {
            "metric": metric,
            "value": value,
            "window_type": "rolling_months",
            "window_length": 12,
        }
        return (0, 0, {"condition_ids": [(0, 0, condition)]})

    @classmethod
    def _create_batch(cls, *lines, filename="history.csv", user=None, **values):
        """Upload a file: text lines below the usual header, or whole bytes."""
        content = lines[0] if isinstance(lines[0], bytes) else cls._pack(*lines)
        user = user or cls.officer
        return (
            cls.env["member.import"]
            .with_user(user)
            .with_company(user.company_id)
            .create(
                {
                    "file": base64.b64encode(content),
                    "filename": filename,
                    **values,
                }
            )
        )

    @staticmethod
    def _pack(*lines):
        return "\n".join([HEADER, *lines, ""]).encode()

    def _import(self, *lines, **values):
        """Upload, check and import a file."""
        batch = self._create_batch(*lines, **values)
        batch.action_check()
        batch.action_import()
        return batch

    @classmethod
    def _get_activities(cls, company=None):
        return cls.env["member.activity"].search(
            [("company_id", "=", (company or cls.company).id)], order="id"
        )

    def _find_customer(self, ref):
        return (
            self.env["res.partner"]
            .with_context(active_test=False)
            .search([("ref", "=", ref)])
        )

    def _get_problems(self, batch):
        return [(line.line_number, line.problem) for line in batch.line_ids]
