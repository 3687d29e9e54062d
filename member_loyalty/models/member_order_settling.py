from collections import defaultdict
from decimal import Decimal

from odoo import fields, models

from ..logic.order_points import Claim, credited_part
from ..logic.point_earning import Earning, earn, targets
from ..logic.purchase_posting import exact
from ..queries import order_points as queries

ZERO = Decimal(0)


class MemberOrderSettling(models.AbstractModel):
    """Brings the entries of an order to what the order says now.

    Confirmed, changed, credited in any number of notes, cancelled, confirmed again:
    each time the targets are worked out anew and only the difference is booked.
    """

    _name = "member.order.settling"
    _description = "Settling of Points of an Order"

    def _promise_points(self):
        """Freeze what the orders earn, as they are being confirmed."""
        for order in self.sudo():
            known = order.member_points_ids.program_id
            for program in order._get_involved_programs() | known:
                order._write_promise(program, order._prepare_promise(program))

    def _get_involved_programs(self):
        """Return the programs whose points the order earns or spends."""
        earning = self._get_point_programs().filtered(self._may_earn)
        return earning | self._get_kept_cards().member_program_id

    def _get_kept_cards(self):
        """Return the cards on the order that the ledger keeps."""
        cards = self.coupon_point_ids.coupon_id | self.order_line.coupon_id
        return cards.sudo().filtered("member_program_id")

    def _prepare_promise(self, program):
        """Return the values of what the order is promised by a program."""
        now = fields.Datetime.now()
        values = {"confirmed_at": now, "reserved_until": False}
        if not program._get_points_policy().wallet_id or not self._may_earn(program):
            return {**values, "card_id": False, "earning": False}
        purchase = self._get_purchase(program)
        card = self._find_member_wallet(program, create=True)
        room = program._get_earning_room(card)
        earning = earn(
            program._get_order_rules(), purchase, room, program._stacks_multipliers()
        )
        return {
            **values,
            "card_id": card.id,
            "tier_id": purchase.tier_id,
            "is_first": purchase.is_first,
            "currency_factor": self._get_point_rate(program),
            "base": program._get_points_policy().base._asdict(),
            "earning": self.env["member.order.points"]._prepare_earning(
                earning, [line.line_id for line in purchase.lines]
            ),
        }

    def _write_promise(self, program, values):
        """Write what the order is promised by a program; return the record."""
        promised = self.member_points_ids.filtered(
            lambda one: one.program_id == program
        )
        if promised:
            promised.write(values)
        else:
            promised = promised.create(
                {"order_id": self.id, "program_id": program.id, **values}
            )
        return promised

    def _settle_points(self):
        """Book what is missing, for orders that have to do with points."""
        orders = self.sudo().filtered(
            lambda order: order.state != "draft" or order.member_points_ids
        )
        for order in orders.filtered(lambda order: order.state == "sale"):
            held = order.member_points_ids.program_id
            for program in order._get_kept_cards().member_program_id - held:
                order._write_promise(program, {"confirmed_at": order.date_order})
        orders = orders.filtered("member_points_ids")
        if not orders:
            return
        held = defaultdict(dict)
        for order_id, *key, earned, spent in self.env.execute_query(
            queries.held(self.env, orders.ids)
        ):
            held[order_id][tuple(key)] = exact(earned), exact(spent)
        for order in orders:
            for promised in order.member_points_ids:
                order._settle_promise(promised, held[order.id])

    def _settle_promise(self, promised, held):
        """Book what is missing of one program.

        :param held: {(loyalty program, rule, part): (earned, spent)}
        """
        billed = self._read_billed(promised) if self.state == "sale" else {}
        earned = self._get_earning_targets(promised, billed)
        spent, cards = self._get_spending_targets(promised, billed)
        own = promised.program_id._get_loyalty_program_ids()
        postings = []
        for key, (card, target, expires_at) in earned.items():
            booked = held.get(key, (ZERO, ZERO))[0]
            postings += self._prepare_earning_postings(
                key, card, target, booked, expires_at
            )
        for key, (booked, _spent) in held.items():
            if key[0] in own and booked and key not in earned:
                card = self._find_card_of(promised, key[0])
                postings += self._prepare_earning_postings(
                    key, card, ZERO, booked, None
                )
        for program_id in own:
            booked = sum(
                (one[1] for key, one in held.items() if key[0] == program_id), ZERO
            )
            card = cards.get(program_id) or self._find_card_of(promised, program_id)
            postings += self._prepare_spending_postings(
                program_id, card, spent.get(program_id, ZERO), booked
            )
        postings.sort(key=lambda posting: posting.points < 0)
        self.env["member.point.ledger"]._post(postings)

    def _read_billed(self, promised):
        """Return {line id: (invoiced, credited)}, and loose credits under 0."""
        if not self.order_line.invoice_lines:
            return {}
        taxed = promised._get_base().taxed
        ask = self.env.execute_query
        billed = {
            line_id: (exact(invoiced), exact(credited))
            for _order, line_id, invoiced, credited in ask(
                queries.billed_lines(self.env, self.ids, taxed)
            )
        }
        for _order, credited in ask(queries.loose_credits(self.env, self.ids, taxed)):
            billed[0] = exact(credited)
        return billed

    def _get_earning_targets(self, promised, billed):
        """Return {(loyalty program, rule, part): (card, points, expiry)}."""
        found = {
            (card.program_id.id, None, part): (card, target, expires_at)
            for (card, part), (target, expires_at) in self._get_topup_targets(
                promised, billed
            ).items()
        }
        if self.state != "sale" or not promised.card_id:
            self._follow_pending(promised, ZERO)
            return found
        program, card = promised.program_id, promised.card_id._get_current()
        purchase = self._get_purchase(program, promised, billed)
        earning = self._extend_promise(promised, purchase)
        given = targets(earning, purchase, promised._get_base().get_rounding())
        if not self._follow_pending(promised, sum(given.values(), ZERO)):
            return found
        expires_at = program._get_point_expiry(fields.Datetime.now())
        return found | {
            (card.program_id.id, rule_id, None): (card, target, expires_at)
            for rule_id, target in given.items()
        }

    def _get_topup_targets(self, promised, billed):
        """Return {(card, part): (points, expiry)} of what tops up stored value.

        Seam: see ``member.order.topup``.
        """
        return {}

    def _extend_promise(self, promised, purchase):
        """Return what was promised, with lines that were added since."""
        earning = promised._get_earning()
        known = set((promised.earning or {}).get("lines", ()))
        added = {line.line_id for line in purchase.lines} - known
        if not added:
            return earning
        program = promised.program_id
        more = earn(
            program._get_order_rules(), purchase, None, program._stacks_multipliers()
        )
        rates = {
            rule: held
            | {
                line: rate
                for line, rate in more.rates.get(rule, {}).items()
                if line in added
            }
            for rule, held in earning.rates.items()
        }
        earning = Earning(rates, earning.fixed, earning.room)
        promised.earning = promised._prepare_earning(earning, known | added)
        return earning

    def _follow_pending(self, promised, points):
        """Keep the pending points of the order; return whether they are available."""
        return promised.program_id._get_points_policy().available == "confirmed" or (
            self.env["member.point.pending"]._follow_order(self, promised, points)
        )

    def _get_spending_targets(self, promised, billed):
        """Return the points that rewards cost, and the card, by loyalty program."""
        is_reserved = (
            self.state in ("draft", "sent")
            and promised.reserved_until
            and promised.reserved_until > fields.Datetime.now()
        )
        if self.state != "sale" and not is_reserved:
            return {}, {}
        spent, cards = defaultdict(Decimal), {}
        lines = self.order_line.filtered(
            lambda line: line.coupon_id.member_program_id == promised.program_id
        )
        kept = not billed or self._keeps_anything(billed)
        for of_claim in lines.grouped("reward_identifier_code").values():
            card = of_claim.coupon_id[:1]._get_current()
            claim = self._get_claim(of_claim, billed, promised)
            spent[card.program_id.id] += claim.target(kept)
            cards[card.program_id.id] = card
        return spent, cards

    def _keeps_anything(self, billed):
        """Tell whether anything of the order was not credited.

        An invoice alone takes nothing back, not even of an order of no worth.
        """
        if not any(self._get_credits(billed)):
            return True
        lines = self.order_line.filtered(lambda line: not line.reward_id)
        return any(
            exact(line.price_subtotal)
            > credited_part(
                exact(line.price_subtotal), *billed.get(line.id, (ZERO, ZERO))
            )
            for line in lines
        )

    def _get_credits(self, billed):
        """Return what credit notes say of the order, lines and loose ones."""
        loose = billed.get(0, ZERO)
        return [loose, *(one[1] for line, one in billed.items() if line)]

    def _get_claim(self, lines, billed, promised):
        """Return a claimed reward as ``Claim`` of ``logic``."""
        field = "price_total" if promised._get_base().taxed else "price_subtotal"
        loose = self._get_loose_share(billed, promised._get_base())
        amount = credited = ZERO
        for line in lines:
            value = exact(line[field])
            amount += value
            credited += credited_part(value, *billed.get(line.id, (ZERO, ZERO)))
            credited += value * loose
        taken = lines.filtered("product_uom_qty")
        cost = sum((exact(line.points_cost) for line in taken), ZERO)
        return Claim(cost, amount, credited)

    def _find_card_of(self, promised, loyalty_program_id):
        """Return the card of a loyalty program that the order booked on."""
        card = promised.card_id._get_current()
        if card.program_id.id == loyalty_program_id:
            return card
        entry = self.env["member.point.entry"].search(
            [
                ("source_model", "=", "sale.order"),
                ("source_id", "=", self.id),
                ("card_id.program_id", "=", loyalty_program_id),
            ],
            limit=1,
        )
        return entry.card_id._get_current()
