from .point_common import PointsCommon


class EventsCommon(PointsCommon):
    """Ada is a member; rules for events are added by the tests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls._create_customer()
        cls._enroll(cls.ada)

    @classmethod
    def _record(cls, kind, partner=None, key=1, **values):
        return cls.env["member.earning.rule"]._record_event(
            kind, partner or cls.ada, key, **values
        )

    def _earned(self, customer=None):
        card = self._get_card(customer or self.ada)
        entries = self.env["member.point.entry"].search([("card_id", "=", card.id)])
        return [entry.points for entry in entries.sorted("id")]

    def _go(self, day):
        self._travel_to(f"{day} 08:00:00")
        self._run_cron("points")
