from odoo import api, fields, models
from odoo.fields import Domain

from ..logic.inquiry_reading import LINE_LIMIT
from ..logic.inquiry_verdict import line_key

CONTENT = {
    "product_id",
    "name",
    "quantity",
    "unit",
    "uom_id",
    "target_price",
    "currency_id",
    "wanted_date",
}


class MemberInquiryLine(models.Model):
    """One thing that a lead asks for: read from its texts, or entered by hand.

    Whoever may not see the lead may not see its lines.
    """

    _name = "member.inquiry.line"
    _description = "Inquiry Line"
    _order = "lead_id desc, sequence, id"

    lead_id = fields.Many2one(
        comodel_name="crm.lead", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="lead_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    product_id = fields.Many2one(
        comodel_name="product.product",
        domain=[("sale_ok", "=", True)],
        check_company=True,
        ondelete="set null",
        index="btree_not_null",
    )
    name = fields.Char(
        string="Description", help="What is asked for, in the customer's words."
    )
    quantity = fields.Float(digits="Product Unit", default=1.0)
    unit = fields.Char(help="The unit in the customer's words or as it was understood.")
    uom_id = fields.Many2one(
        comodel_name="uom.uom", string="Unit of Measure", ondelete="set null"
    )
    target_price = fields.Float(
        digits="Product Price", help="The price for one unit that the customer names."
    )
    currency_id = fields.Many2one(comodel_name="res.currency", ondelete="set null")
    wanted_date = fields.Date(string="Wanted Until")
    by_hand = fields.Boolean(
        default=True,
        readonly=True,
        help="Entered or corrected by hand: reading the texts again leaves it alone.",
    )
    quote = fields.Char(
        string="Read From", readonly=True, help="The words it was read from."
    )
    read_key = fields.Char(readonly=True, copy=True)

    _check_company_auto = True
    _quantity_is_positive = models.Constraint(
        "CHECK (quantity >= 0)", "A quantity cannot be negative."
    )
    _price_is_positive = models.Constraint(
        "CHECK (target_price >= 0)", "A target price cannot be negative."
    )

    @api.depends("name", "product_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.name or line.product_id.display_name or ""

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """Override of `base` to find lines of visible leads only."""
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & Domain("lead_id", "any", Domain.TRUE)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        """Override of `base` to ask what the user may do with the lead."""
        result = super()._check_access(operation)
        if self.env.su or not self.ids:
            return result
        forbidden = result[0] if result else self.browse()
        of_lead = "read" if operation == "read" else "write"
        leads = (self - forbidden).sudo().lead_id.with_env(self.env)
        closed = leads - leads._filtered_access(of_lead)
        unseen = (self - forbidden).filtered(lambda one: one.sudo().lead_id in closed)
        if not unseen:
            return result
        refuse = self.env["ir.rule"]._make_access_error
        return forbidden | unseen, lambda: refuse(operation, forbidden | unseen)

    @api.onchange("product_id")
    def _onchange_product_id(self):
        if self.product_id:
            self.uom_id = self.product_id.uom_id
            self.unit = self.unit or self.uom_id.name
            self.name = self.name or self.product_id.display_name

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base` to grade leads anew that got lines by hand."""
        lines = super().create(vals_list)
        lines.filtered("by_hand").lead_id._read_inquiries()
        return lines

    def write(self, vals):
        """Override of `base` to keep what was corrected by hand.

        :raises AccessError: when the line goes to a lead that the user may not change
        """
        if vals.get("lead_id"):
            self.env["crm.lead"].browse(vals["lead_id"]).check_access("write")
        is_correction = "by_hand" not in vals and not CONTENT.isdisjoint(vals)
        if is_correction:
            vals = {**vals, "by_hand": True}
        result = super().write(vals)
        if is_correction:
            self.lead_id._read_inquiries()
        return result

    def unlink(self):
        """Override of `base` to remember what was taken off, so it is not read again.

        A line that was read is archived; one that was entered by hand is deleted.
        """
        self.check_access("unlink")
        leads = self.lead_id
        read = self.filtered("read_key")
        read.write({"active": False, "by_hand": True})
        super(MemberInquiryLine, self - read).unlink()
        leads._read_inquiries()
        return True

    def _discard(self):
        """Delete lines that are no longer read."""
        return super().unlink()

    @api.model
    def _keep_read(self, lead, read, found):
        """Write the lines that were read on a lead; leave alone what was corrected.

        :param read: the lines of :class:`inquiry_reading.Reading`
        :param list found: the values for each of them that the reading cannot know
        """
        kept = lead.with_context(active_test=False).member_inquiry_line_ids
        by_key = {line.read_key: line for line in kept.sorted("by_hand")}
        fresh, seen = [], set()
        for sequence, (one, values) in enumerate(zip(read, found, strict=True)):
            key = line_key(one)
            if key in seen:
                continue
            seen.add(key)
            values = self._prepare_read(lead, one, {**values, "sequence": sequence})
            if key not in by_key:
                fresh.append({**values, "read_key": key})
            elif not by_key[key].by_hand:
                by_key[key]._write_changed(values)
        gone = kept.filtered(
            lambda line: (
                not line.by_hand
                and (line.read_key not in seen or by_key[line.read_key] != line)
            )
        )
        gone._discard()
        return self.create(fresh[:LINE_LIMIT])

    @api.model
    def _prepare_read(self, lead, one, values):
        return {
            "lead_id": lead.id,
            "name": one.name,
            "quantity": one.quantity,
            "unit": one.unit,
            "target_price": one.price or 0.0,
            "wanted_date": one.wanted_on or False,
            "quote": one.quote,
            "by_hand": False,
            **values,
        }

    def _write_changed(self, values):
        """Write those values of a line that differ."""
        self.ensure_one()
        kept = {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in values
        }
        changed = {name: one for name, one in values.items() if kept[name] != one}
        if changed:
            self.write({**changed, "by_hand": False})
