from odoo import api, fields, models
from odoo.exceptions import ValidationError

RANGES = {
    "value_score_min": (0, 100),
    "value_score_max": (0, 100),
    "recency_min": (0, 5),
    "frequency_min": (0, 5),
    "monetary_min": (0, 5),
    "return_chance_below": (0, 1),
    "promotion_share_min": (0, 100),
    "joined_within_days": (0, 36_500),
    "bought_within_days": (0, 36_500),
    "not_bought_within_days": (0, 36_500),
    "points_min": (0, 10**12),
}


class MemberSegmentConditions(models.AbstractModel):
    """What members of a segment have in common. What is empty asks for nothing."""

    _name = "member.segment.conditions"
    _description = "Conditions of a Segment"

    tier_ids = fields.Many2many(
        comodel_name="member.tier",
        string="Tiers",
        domain="[('program_id', '=', program_id)]",
        help="Any of these tiers.",
    )
    country_ids = fields.Many2many(
        comodel_name="res.country",
        string="Countries",
        help="The member's country is any of these, or one of the country groups.",
    )
    country_group_ids = fields.Many2many(
        comodel_name="res.country.group", string="Country Groups"
    )
    user_ids = fields.Many2many(
        comodel_name="res.users",
        string="Account Managers",
        domain="[('share', '=', False)]",
        help="Any of them is the salesperson of the member.",
    )
    team_ids = fields.Many2many(
        comodel_name="crm.team",
        string="Sales Teams",
        help="The salesperson of the member is in any of these teams.",
    )
    joined_from = fields.Date(string="Joined from", help="On that day or later.")
    joined_until = fields.Date(string="Joined until", help="On that day or earlier.")
    joined_within_days = fields.Integer(
        string="Joined in the Last (Days)", help="0: at any time."
    )
    tag_any_ids = fields.Many2many(
        comodel_name="member.tag",
        relation="member_segment_tag_any_rel",
        string="Any of the Tags",
    )
    tag_all_ids = fields.Many2many(
        comodel_name="member.tag",
        relation="member_segment_tag_all_rel",
        string="All of the Tags",
    )
    tag_none_ids = fields.Many2many(
        comodel_name="member.tag",
        relation="member_segment_tag_none_rel",
        string="None of the Tags",
    )

    rfm_segment_ids = fields.Many2many(
        comodel_name="member.score.class",
        relation="member_segment_rfm_segment_rel",
        string="RFM Segments",
        domain="[('kind', '=', 'segment')]",
        help="Any of these, by the scores of last night.",
    )
    stage_ids = fields.Many2many(
        comodel_name="member.score.class",
        relation="member_segment_stage_rel",
        string="Life Cycle Stages",
        domain="[('kind', '=', 'stage')]",
        help="Any of these, by the scores of last night.",
    )
    value_score_min = fields.Integer(
        string="Value Score from", help="0 to 100, by the scores of last night."
    )
    value_score_max = fields.Integer(
        string="Value Score to",
        default=100,
        help="0 to 100, by the scores of last night.",
    )
    recency_min = fields.Integer(
        string="Recency from", help="1 to 5; 0 asks for nothing."
    )
    frequency_min = fields.Integer(
        string="Frequency from", help="1 to 5; 0 asks for nothing."
    )
    monetary_min = fields.Integer(
        string="Monetary from", help="1 to 5; 0 asks for nothing."
    )
    return_chance_below = fields.Float(
        string="Chance of Another Purchase below",
        help="By the forecast of last night, of members who have one. 0 asks for"
        " nothing.",
    )

    purchase_history = fields.Selection(
        selection=[("bought", "Bought at least once"), ("never", "Never bought")],
        string="Has Bought",
        help="Empty asks for nothing.",
    )
    bought_within_days = fields.Integer(
        string="Bought in the Last (Days)", help="0 asks for nothing."
    )
    not_bought_within_days = fields.Integer(
        string="Bought Nothing in the Last (Days)",
        help="Who never bought bought nothing either. 0 asks for nothing.",
    )
    bought_product_ids = fields.Many2many(
        comodel_name="product.product",
        relation="member_segment_bought_product_rel",
        string="Bought Products",
        help="Any of these products, or anything of the categories bought.",
    )
    bought_category_ids = fields.Many2many(
        comodel_name="product.category",
        relation="member_segment_bought_category_rel",
        string="Bought Categories",
        help="Any product of these categories or of those below them.",
    )
    not_bought_product_ids = fields.Many2many(
        comodel_name="product.product",
        relation="member_segment_not_bought_product_rel",
        string="Products Not Bought",
        help="None of these was ever bought.",
    )
    not_bought_category_ids = fields.Many2many(
        comodel_name="product.category",
        relation="member_segment_not_bought_category_rel",
        string="Categories Not Bought",
        help="No product of these categories or of those below them was ever bought.",
    )
    promotion_share_min = fields.Integer(
        string="Orders with a Promotion from (%)",
        help="Of the orders of the last 365 days, at least two, how many percent had a"
        " promotion or a coupon. 0 asks for nothing.",
    )
    unused_benefit_ids = fields.Many2many(
        comodel_name="member.benefit",
        string="Benefits Not Used",
        domain="[('program_id', '=', program_id)]",
        help="The member has any of these today and did not use it in its period.",
    )
    points_min = fields.Float(
        string="Points from",
        digits=(16, 2),
        help="The member has at least so many points to spend. 0 asks for nothing.",
    )
    extra_domain = fields.Char(
        string="Anything Else",
        default="[]",
        help="A filter on members for what the fields above cannot say.",
    )

    @api.constrains(*RANGES)
    def _check_ranges(self):
        for segment in self:
            for name, (low, high) in RANGES.items():
                if not low <= segment[name] <= high:
                    raise ValidationError(
                        self.env._(
                            "%(field)s of %(segment)s is from %(low)s to %(high)s.",
                            field=segment._fields[name]._description_string(self.env),
                            segment=segment.name,
                            low=low,
                            high=high,
                        )
                    )

    @api.constrains("value_score_min", "value_score_max", "joined_from", "joined_until")
    def _check_order(self):
        for segment in self:
            days = segment.joined_from and segment.joined_until
            if segment.value_score_min > segment.value_score_max or (
                days and segment.joined_from > segment.joined_until
            ):
                raise ValidationError(
                    self.env._(
                        "Nobody could be in %(segment)s: a range ends before it"
                        " begins. Correct the value scores or the days of joining.",
                        segment=segment.name,
                    )
                )

    @api.model
    def _get_condition_names(self):
        """Return the names of the fields that say who is in the segment.

        Seam: another module adds its condition here, to the domain and to the words.
        """
        mine = self.env.registry["member.segment.conditions"]._fields
        return [
            "program_id",
            *(name for name in mine if name not in ("id", "display_name")),
        ]
