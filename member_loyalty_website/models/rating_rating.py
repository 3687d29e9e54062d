from odoo import api, models

FOLLOWED = {"rating", "feedback", "message_id", "consumed"}


class RatingRating(models.Model):
    """A rating of a product may be a review that earns points.

    What the suite assumes of Odoo here: a review in the shop is a rating of a
    ``product.template`` with the text in ``feedback``, and gets its message by
    ``write`` when the message is posted; an edited one is written, too.
    """

    _inherit = "rating.rating"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `rating` to see reviews that come with their message."""
        ratings = super().create(vals_list)
        ratings._follow_as_reviews()
        return ratings

    def write(self, vals):
        """Override of `rating` to see reviews as they are posted and edited."""
        result = super().write(vals)
        if not FOLLOWED.isdisjoint(vals):
            self._follow_as_reviews()
        return result

    def _follow_as_reviews(self):
        """Give points for ratings that are reviews, where programs have it so."""
        programs = self.env["member.program"]._get_programs_rewarding("review")
        if not programs:
            return
        reviews = self.env["member.review"].sudo()
        for rating in self.sudo():
            if rating._is_product_review():
                for company in programs.company_id:
                    reviews._take_up(rating, company)

    def _is_product_review(self):
        """Tell whether a contact said this of a product, for everybody to read."""
        self.ensure_one()
        return bool(
            self.res_model == "product.template"
            and self.consumed
            and self.rating
            and self.message_id
            and self.partner_id
            and not self.is_internal
        )
