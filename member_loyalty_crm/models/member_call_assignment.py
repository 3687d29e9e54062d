from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..queries.call_products import favourites

MOST_PRODUCTS = 8
MOST_FAVOURITES = 5
DAYS_UNTIL_LAPSED = 180
MOST_ID = 2**31  # PostgreSQL's integer
ALL_CALLS = "sales_team.group_sale_salesman_all_leads"


class MemberCallAssignment(models.AbstractModel):
    """Who calls: the call and its activity in Odoo go to the same person."""

    _name = "member.call.assignment"
    _description = "Assignment of a Call"

    def _start(self, user_ids, day):
        """Hand calls out; those who are left alone are watched from now on.

        :param dict user_ids: who gets which call, by call id
        """
        program = self.program_id
        last_day = day + timedelta(days=program.calls_saved_days - 1)
        due_on = day + timedelta(days=program.call_due_days)
        first_time = self.filtered(lambda call: not call.started_on)
        first_time.write({"started_on": day, "watched_until": last_day})
        by_user = self.grouped(lambda call: user_ids[call.id])
        for user_id, calls in by_user.items():
            calls.write({"user_id": user_id, "due_on": due_on})
        for call in self:
            call.due_on = min([due_on, *call._get_ends(day)])
        opened = self.filtered(lambda call: call.state == "waiting")
        opened.write({"state": "open"})
        opened._suggest(day)
        opened._schedule_activities()

    def _get_ends(self, day):
        """Return the days still to come on which causes end, such as a tier's last."""
        self.ensure_one()
        ends = (
            fields.Date.to_date((signal.facts or {}).get("ends_on"))
            for signal in self.sudo().signal_ids
        )
        return [end for end in ends if end and end >= day]

    def _suggest(self, day):
        """Choose what to offer: an offer, and products."""
        bought = self._get_favourites(day)
        for call in self:
            offer = self.env["member.call.offer"]._find_for(call)
            products = call._get_signal_products() | offer.product_ids
            products |= bought.get(call.partner_id.id, products.browse())
            products = products.filtered(call._is_on_sale)
            call.write(
                {
                    "offer_id": offer.id,
                    "product_ids": [(6, 0, products[:MOST_PRODUCTS].ids)],
                }
            )

    def _get_signal_products(self):
        """Return the products that the signals are about."""
        self.ensure_one()
        ids = []
        for signal in self.signal_ids:
            named = (signal.facts or {}).get("product_ids")
            if isinstance(named, list):
                ids += [one for one in named if type(one) is int and 0 < one < MOST_ID]
        return self.env["product.product"].browse(dict.fromkeys(ids)).exists()

    def _is_on_sale(self, product):
        """Tell whether the company of this call sells a product."""
        return (
            product.active
            and product.sale_ok
            and product.company_id in (product.company_id.browse(), self.company_id)
        )

    def _get_favourites(self, day):
        """Return what the customers bought most, by customer's id."""
        found = {}
        Product = self.env["product.product"]
        for program, calls in self.grouped("program_id").items():
            query = favourites(
                self.env,
                calls.company_id.id,
                program._get_partner_column(),
                calls.partner_id.ids,
                day - timedelta(days=DAYS_UNTIL_LAPSED),
                MOST_FAVOURITES,
            )
            for partner_id, product_id in self.env.execute_query(query):
                found.setdefault(partner_id, Product)
                found[partner_id] |= Product.browse(product_id)
        return found

    @api.model
    def _get_activity_type(self):
        """Return the type of the activities: ours, unless somebody deleted it."""
        ours = self.env.ref(
            "member_loyalty_crm.mail_activity_type_member_call",
            raise_if_not_found=False,
        )
        native = self.env.ref("mail.mail_activity_data_call", raise_if_not_found=False)
        return ours or native or self.env["mail.activity.type"]

    def _schedule_activities(self):
        """Give each call an activity on its customer; nobody is mailed about it."""
        kind = self._get_activity_type()
        model_id = self.env["ir.model"]._get_id("res.partner")
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        created = activities.create(
            [
                {
                    "res_model_id": model_id,
                    "res_id": call.partner_id.id,
                    "activity_type_id": kind.id,
                    "user_id": call.user_id.id,
                    "date_deadline": call.due_on,
                    "automated": True,
                    **call._prepare_texts(),
                }
                for call in self
            ]
        )
        for call, activity in zip(self, created, strict=True):
            call.activity_id = activity

    def _rewrite_activities(self):
        """Say anew why these customers are called, where that changed."""
        for call in self.filtered("activity_id"):
            texts = call._prepare_texts()
            activity = call.activity_id
            if (activity.summary, activity.note) != (texts["summary"], texts["note"]):
                activity.write(texts)

    def _return_to_queue(self):
        """Have calls handed out again, next night, to whoever can make them."""
        activities = self.activity_id
        self.write({"state": "waiting", "user_id": False, "activity_id": False})
        activities.unlink()

    def _check_may_handle(self):
        """Let pass who may decide on calls: their own, or with all documents, any.

        :raises AccessError: for others
        """
        self.check_access("read")
        if self.env.su or self.env.user.has_group(ALL_CALLS):
            return
        if any(call.sudo().user_id != self.env.user for call in self):
            raise AccessError(
                self.env._(
                    "This call is somebody else's. Ask them, or somebody who sees all"
                    " sales documents, to give it to you."
                )
            )

    def _check_is_open(self):
        """Let pass calls that somebody has to make.

        :raises UserError: for others
        """
        for call in self.sudo():
            if call.state != "open":
                raise UserError(
                    self.env._(
                        "The call to %(customer)s is not open any more. Load the page"
                        " again.",
                        customer=call.partner_id.display_name,
                    )
                )

    def action_give_to_somebody(self):
        """Ask to whom to give these calls."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Give to Somebody"),
            "res_model": "member.call.reassignment",
            "view_mode": "form",
            "target": "new",
            "context": {"default_call_ids": self.ids},
        }

    def _reassign(self, user):
        """Give open or waiting calls to somebody.

        :raises AccessError: for whoever does not see all sales documents
        :raises UserError: when the person cannot make calls
        """
        self.check_access("read")
        if not (self.env.su or self.env.user.has_group(ALL_CALLS)):
            raise AccessError(
                self.env._(
                    "Only who sees all sales documents can give calls to others. Ask"
                    " your manager."
                )
            )
        for program, calls in self.sudo().grouped("program_id").items():
            program._check_may_call(user)
            waiting = calls.filtered(lambda call: call.state == "waiting")
            (calls - waiting)._check_is_open()
            (calls - waiting).write({"user_id": user.id})
            (calls - waiting)._move_activities()
            if waiting:
                waiting._start(
                    dict.fromkeys(waiting.ids, user.id),
                    program._get_company()._member_today(),
                )

    def _move_activities(self):
        """Let activities have the person and the day of their calls."""
        for call in self.filtered("activity_id"):
            call.activity_id.with_context(mail_activity_quick_update=True).write(
                {
                    "user_id": call.user_id.id,
                    "date_deadline": call.due_on,
                    **call._prepare_texts(),
                }
            )
