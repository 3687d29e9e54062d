import logging

from odoo import api, fields, models

from ..queries import product_pairs as queries

_logger = logging.getLogger(__name__)

MONTHS_LOOKED_AT = 24


class MemberProductPair(models.Model):
    """Two products that customers of a company buy together, seen from the first.

    Found anew every night; of each product the twenty that fit it best are kept.
    """

    _name = "member.product.pair"
    _description = "Products Bought Together"
    _log_access = False
    _order = "product_tmpl_id, score desc, id"
    _rec_name = "product_tmpl_id"

    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade"
    )
    product_tmpl_id = fields.Many2one(
        comodel_name="product.template",
        string="Product",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    other_tmpl_id = fields.Many2one(
        comodel_name="product.template",
        string="Bought With",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    order_count = fields.Integer(
        string="Orders with Both", required=True, readonly=True
    )
    score = fields.Float(
        string="Affinity",
        required=True,
        readonly=True,
        aggregator="avg",
        help="0 (never) to 1 (always): orders with both, divided by the root of the"
        " orders with one times the orders with the other (cosine).",
    )

    _pair_of_company = models.UniqueIndex(
        "(company_id, product_tmpl_id, other_tmpl_id)"
    )

    @api.model
    def _cron_refresh(self):
        """Find anew what is bought together, where a website recommends products."""
        websites = self.env["website"].sudo()
        companies = websites.search(
            [("member_recommend_products", "=", True)]
        ).company_id
        for number, company in enumerate(companies):
            with self.env["member.batch"]._report_and_go_on(
                _logger, "Products bought together, company %s", company.id
            ):
                self._refresh(company)
            left = len(companies) - number - 1
            if not self.env["ir.cron"]._commit_progress(1, remaining=left):
                break

    @api.model
    def _refresh(self, company):
        """Find anew what customers of a company bought together in two years."""
        since = fields.Datetime.subtract(fields.Datetime.now(), months=MONTHS_LOOKED_AT)
        self.env.flush_all()
        self.env.execute_query(queries.refresh_pairs(company.id, since))
        self.env.execute_query(queries.refresh_popularity(company.id, since))
        self.invalidate_model()
        self.env["member.product.popularity"].invalidate_model()
