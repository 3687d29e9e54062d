from odoo import fields, models


class MemberReturnModelBin(models.Model):
    """A tenth of the judged members: the chance they were given, the share who came."""

    _name = "member.return.model.bin"
    _description = "Tenth of the Members in a Back-Test"
    _order = "model_id desc, position"
    _rec_name = "position"
    _log_access = False

    model_id = fields.Many2one(
        comodel_name="member.return.model",
        string="Back-Test",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="model_id.company_id", store=True, precompute=True
    )
    position = fields.Integer(
        string="Tenth",
        required=True,
        readonly=True,
        aggregator=None,
        help="1: the members with the lowest chances.",
    )
    member_count = fields.Integer(string="Members", readonly=True)
    forecast_share = fields.Float(
        string="Expected to Come Back", digits=(5, 4), readonly=True, aggregator="avg"
    )
    real_share = fields.Float(
        string="Really Came Back", digits=(5, 4), readonly=True, aggregator="avg"
    )
