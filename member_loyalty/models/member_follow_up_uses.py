from functools import partial

from odoo import api, models

from ..logic.benefit_entitlement import left
from ..logic.notification import Notice

BENEFIT_USES = "benefit_uses"
# what we do for members: they used nothing, and its documents are internal
DONE_FOR_MEMBERS = frozenset({"account_manager", "priority"})


class MemberFollowUpUses(models.AbstractModel):
    """Members are told of benefits that they used."""

    _name = "member.follow.up.uses"
    _description = "Telling of Uses"

    @api.model
    def _queue_benefit_uses(self, usages):
        """Have members told of uses, where their program tells them things."""
        if not self.env["member.program"]._get_telling_program_ids():
            return
        told = usages.filtered(
            lambda one: (
                one.quantity > 0
                and one.benefit_id.kind not in DONE_FOR_MEMBERS
                and one.program_id._tells_members()
            )
        )
        self.env["member.follow.up"].sudo()._queue(BENEFIT_USES, told.ids)

    @api.model
    def _follow_benefit_uses(self, usage_ids):
        """Tell members what they used: all with one document is one message."""
        usages = self.env["member.benefit.usage"].browse(usage_ids).exists()
        used = self._get_used(usages)
        for program, found in usages.grouped("program_id").items():
            groups = found.grouped(
                lambda one: (
                    one.membership_id,
                    (one.source_model, one.source_id) if one.source_id else one.id,
                )
            )
            self.env["member.notification"]._notify(
                "benefit_used",
                [
                    self._prepare_use_notice(group.sorted("id"), used)
                    for group in groups.values()
                ],
                program,
            )

    @api.model
    def _get_used(self, usages):
        """Return how often benefits were used, by member, benefit and period."""
        allowances = self.env["member.benefit.allowance"].search(
            [
                ("membership_id", "in", usages.membership_id.ids),
                ("benefit_id", "in", usages.benefit_id.ids),
            ]
        )
        return {
            (one.membership_id.id, one.benefit_id.id, one.period_start): one.used
            for one in allowances
        }

    @api.model
    def _prepare_use_notice(self, usages, used):
        """Return what there is to tell of uses of one member with one document."""
        first = usages[0]
        return Notice(
            first.membership_id._get_current().partner_id.id,
            f"usage,{first.id}",
            {
                "benefit": usages.benefit_id,
                "document": first.source_ref,
                "left": partial(self._say_left, usages, used),
            },
            source=(first._name, first.id),
        )

    @api.model
    def _say_left(self, usages, used, env):
        """Return how often the benefits can still be used, where that is limited."""
        said = []
        for usage in usages:
            benefit = usage.benefit_id.with_env(env)
            key = (usage.membership_id.id, benefit.id, usage.period_start)
            rest = left(benefit._get_terms(), used.get(key, 0))
            if rest is not None:
                said.append(
                    env._(
                        "%(benefit)s: %(left)s of %(quota)s",
                        benefit=benefit.name,
                        left=rest,
                        quota=benefit.quota,
                    )
                )
        return said
