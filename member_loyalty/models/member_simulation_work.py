from dataclasses import replace

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..logic.figures import FigureKey
from ..logic.ladder import ladder_from_data
from ..queries import evaluation_scope, tier_simulation
from ..queries.execution import execute_quietly
from ..queries.metrics import Scope
from ..queries.tier_rehearsal import Rehearsal
from ..queries.tier_verdict import Rules
from .member_evaluation_run import LARGE_PROGRAM, SLICE_SIZE


class MemberSimulationWork(models.AbstractModel):
    """How a simulation goes through the members.

    In slices by partner id: each slice, the totals and the position reached are one
    transaction, so a simulation that was killed goes on where it stopped.
    """

    _name = "member.simulation.work"
    _description = "Work of a Simulation"

    state = fields.Selection(
        selection=[("new", "New"), ("running", "Running"), ("done", "Done")],
        required=True,
        readonly=True,
        copy=False,
        default="new",
    )
    ladder = fields.Json(
        readonly=True, copy=False, help="The rules that are simulated, as they were."
    )
    position = fields.Integer(readonly=True, copy=False, aggregator=None)
    member_count = fields.Integer(string="Members", readonly=True, copy=False)
    risen_count = fields.Integer(string="Rise", readonly=True, copy=False)
    fallen_count = fields.Integer(string="Fall", readonly=True, copy=False)
    entered_count = fields.Integer(
        string="Leave the Starting Tier", readonly=True, copy=False
    )
    line_count = fields.Integer(string="Affected", readonly=True, copy=False)
    progress = fields.Float(compute="_compute_progress")
    started_at = fields.Datetime(string="Started", readonly=True, copy=False)
    finished_at = fields.Datetime(string="Finished", readonly=True, copy=False)
    duration = fields.Float(
        string="Seconds", compute="_compute_duration", aggregator=None
    )

    @api.depends("member_count", "state")
    def _compute_progress(self):
        for simulation in self:
            total = simulation.program_id.membership_count
            share = simulation.member_count / total if total else 0
            simulation.progress = 100 * (
                1 if simulation.state == "done" else min(share, 1)
            )

    @api.depends("started_at", "finished_at")
    def _compute_duration(self):
        for simulation in self:
            start, end = simulation.started_at, simulation.finished_at
            simulation.duration = (end - start).total_seconds() if end else 0

    @api.model
    def _cron_simulate(self):
        """Go on with the simulations that are running, slice by slice."""
        for simulation in self.sudo().search([("state", "=", "running")], order="id"):
            if not simulation._simulate_to_the_end():
                return

    def _begin(self):
        """Forget what was simulated before and keep the rules as they are now."""
        self.ensure_one()
        self.version_id._check_flaws()
        execute_quietly(self.env, tier_simulation.forget_lines(self.id))
        self.sudo().tier_ids.unlink()
        self.env["member.simulation.tier"].sudo().create(
            [
                {"simulation_id": self.id, "tier_id": tier.id, "sequence": rank}
                for rank, tier in enumerate(self.program_id._get_tiers())
            ]
        )
        self.write(
            {
                "state": "running",
                "ladder": self.version_id._get_ladder_data(),
                "in_force_id": self.program_id.version_id.id,
                "started_at": fields.Datetime.now(),
                "finished_at": False,
                **dict.fromkeys(
                    ("position", "member_count", "risen_count", "fallen_count"), 0
                ),
                **dict.fromkeys(("entered_count", "line_count"), 0),
            }
        )

    def _run_now(self):
        """Simulate at once, or in the background when it takes too long to wait."""
        self.ensure_one()
        if self.program_id.sudo().membership_count > LARGE_PROGRAM:
            self.env.ref("member_loyalty.ir_cron_member_simulation").sudo()._trigger()
            return
        while self._simulate_next_slice():
            continue

    def _simulate_to_the_end(self):
        """Simulate slice after slice, each one committed.

        :return: False when the time of the scheduled action is up before the end
        """
        self.ensure_one()
        while self.state == "running":
            try:
                count = self.env["member.batch"]._run_batch(self._simulate_next_slice)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                return False
            remaining = int(self.state == "running")
            if not self.env["ir.cron"]._commit_progress(count, remaining=remaining):
                return not remaining
        return True

    def _simulate_next_slice(self):
        """Simulate the next members.

        :return: how many were looked at, 0 when the simulation is done
        """
        self.ensure_one()
        self.flush_recordset()
        [(upto, count)] = self.env.execute_query(
            evaluation_scope.next_span(
                self.env, self.program_id.id, self.position, SLICE_SIZE
            )
        )
        if not count or not self.ladder:
            self.write({"state": "done", "finished_at": fields.Datetime.now()})
            return 0
        scope = Scope(after=self.position, upto=upto)
        [(members, *found)] = execute_quietly(
            self.env,
            tier_simulation.simulate(self.env, self._prepare_rehearsal(), scope),
        )
        names = ("risen_count", "fallen_count", "entered_count", "line_count")
        self.write(
            {
                "position": upto,
                "member_count": self.member_count + int(members),
                **{
                    name: self[name] + number
                    for name, number in zip(names, found, strict=True)
                },
            }
        )
        self.env["member.simulation.tier"].invalidate_model()
        self.env["member.simulation.line"].invalidate_model()
        self.invalidate_recordset(["line_ids", "tier_ids", "cost_change"])
        return count

    def _prepare_rehearsal(self):
        """Return the evaluations to compare, as :class:`Rehearsal`."""
        self.ensure_one()
        program = self.program_id.sudo()
        is_settled = self.horizon == "settled"
        in_force = program._prepare_evaluation(
            self.as_of, may_fall=self.may_fall or is_settled
        )
        in_force = replace(in_force, renews=False, user_id=self.env.uid)
        return Rehearsal(
            simulation_id=self.id,
            in_force=self._settle(in_force) if is_settled else in_force,
            draft=self._prepare_draft(in_force, is_settled),
            revenue=FigureKey("purchase_amount", program._get_window()),
            costs={tier.id: tier._get_benefit_cost() for tier in program._get_tiers()},
            automatic=program.automatic,
            settled=is_settled,
            in_past=self.as_of < program.company_id._member_today(),
        )

    def _prepare_draft(self, in_force, is_settled):
        """Return how the draft decides.

        What is in force now goes on for members who entered under it.
        """
        program = self.program_id.sudo()
        ladder = ladder_from_data(self.ladder)
        factors = program._get_factors(self.as_of)
        former = Rules(program.version_id.id, program._get_ladder())
        draft = replace(
            in_force,
            rules=Rules(self.version_id.id, ladder.accelerated(factors)),
            former=(*in_force.former, former),
        )
        return self._settle(draft) if is_settled else draft

    @api.model
    def _settle(self, evaluation):
        """Return an evaluation after the end of every promise."""
        policy = replace(evaluation.policy, one_rung=False, grace_days=0)
        return replace(evaluation, former=(), policy=policy, may_fall=True)
