from odoo import fields, models
from odoo.exceptions import UserError

from ..logic.ladder import ladder_to_data
from ..queries import tier_simulation
from ..queries.metrics import EVERYBODY


class MemberLadderVersionSignature(models.AbstractModel):
    """How a manager signs a draft: because of a simulation, which then comes true."""

    _name = "member.ladder.version.signature"
    _description = "Signature of a Rule Version"

    simulation_id = fields.Many2one(
        comodel_name="member.simulation",
        string="Signed because of",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="The simulation that was signed; the members moved exactly as it says.",
    )
    simulation_ids = fields.One2many(
        comodel_name="member.simulation", inverse_name="version_id", readonly=True
    )
    simulation_count = fields.Integer(
        string="Simulations", compute="_compute_simulation_count"
    )
    run_id = fields.Many2one(
        comodel_name="member.evaluation.run",
        string="Run of the Activation",
        compute="_compute_run_id",
    )

    def _compute_simulation_count(self):
        counts = dict(
            self.env["member.simulation"]._read_group(
                [("version_id", "in", self.ids)], ["version_id"], ["__count"]
            )
        )
        for version in self:
            version.simulation_count = counts.get(version, 0)

    def _compute_run_id(self):
        runs = self.env["member.evaluation.run"].search(
            [("version_id", "in", self.ids), ("kind", "=", "activation")]
        )
        for version in self:
            version.run_id = runs.filtered(
                lambda run, version=version: run.version_id == version
            )[:1]

    def action_simulate(self):
        """Open a new simulation of this draft.

        :raises UserError: when it is no draft
        """
        self.ensure_one()
        self.check_access("write")
        self._check_may_activate()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Simulate"),
            "res_model": "member.simulation",
            "view_mode": "form",
            "context": {"default_version_id": self.id},
        }

    def action_open_simulations(self):
        """Open the simulations of this version."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_simulation_action"
        )
        action["domain"] = [("version_id", "=", self.id)]
        action["context"] = {"default_version_id": self.id}
        return action

    def action_activate(self):
        """Sign this draft: it comes into force and members move as simulated.

        :raises AccessError: for anyone but managers
        :raises UserError: when it was not simulated as it is, a rule test fails,
            other rules came into force, or by now the result would be another
        """
        self.ensure_one()
        self._check_may_activate()
        self._check_flaws()
        self._check_rule_tests()
        simulation = self._find_simulation_to_sign()
        program = self.program_id.sudo()
        today = program.company_id._member_today()
        program._check_may_evaluate(today)
        self._check_simulation_holds(simulation)
        self._activate()
        self._move_members(simulation, today)
        self.sudo().simulation_id = simulation
        self._say_who_signed(simulation)
        return self._get_records_action(name=self.env._("Rule Version"))

    def _get_ladder_data(self):
        """Return what the rules say now, as plain data to compare."""
        self.ensure_one()
        return ladder_to_data(self._get_ladder())

    def _find_simulation_to_sign(self):
        """Return the newest simulation that says what activating would do today.

        :raises UserError: when there is none
        """
        self.ensure_one()
        done = self.env["member.simulation"].search(
            [("version_id", "=", self.id), ("state", "=", "done")], order="id desc"
        )
        found = done.filtered(lambda one: not one._find_outdated())[:1]
        if found:
            return found
        if done:
            raise UserError(done[:1]._find_outdated())
        raise UserError(
            self.env._(
                "%(draft)s was never simulated. Press “Simulate”, look at who rises and"
                " who falls, then sign.",
                draft=self.display_name,
            )
        )

    def _check_simulation_holds(self, simulation):
        """Let a simulation pass that would come out the same now.

        :raises UserError: when something happened meanwhile, saying for how many
        """
        [(count,)] = self.env.execute_query(
            tier_simulation.count_differences(
                self.env, simulation._prepare_rehearsal(), EVERYBODY
            )
        )
        if count:
            self._refuse_outdated(count)

    def _move_members(self, simulation, today):
        """Evaluate everybody under the new rules.

        :raises UserError: when somebody moved otherwise than simulated
        """
        program = self.program_id.sudo()
        if not program.automatic:
            return
        run = program._start_run(today, simulation.may_fall, "all", "activation")
        while run._evaluate_next_slice():
            continue
        [(count,)] = self.env.execute_query(
            tier_simulation.count_otherwise_moved(self.env, simulation.id, run.id)
        )
        if count:
            self._refuse_outdated(count)

    def _refuse_outdated(self, count):
        """Say that members would move otherwise than was simulated.

        :raises UserError: always
        """
        raise UserError(
            self.env._(
                "Something happened since the simulation, such as an order: %(count)s"
                " members would move otherwise than it says. Simulate again and sign"
                " that.",
                count=count,
            )
        )

    def _say_who_signed(self, simulation):
        """Write the signature into the chatter of the version and of its program."""
        message = self.env._(
            "%(user)s signed version %(number)s because of the simulation of"
            " %(moment)s: %(risen)s members rose and %(fallen)s fell.",
            user=self.env.user.name,
            number=self.number,
            moment=fields.Datetime.to_string(simulation.finished_at),
            risen=simulation.risen_count,
            fallen=simulation.fallen_count,
        )
        self.message_post(body=message)
        self.program_id.message_post(body=message)
