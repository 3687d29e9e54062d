from odoo.tests import tagged

from .act_common import ActCommon


@tagged("post_install", "-at_install")
class TestSurveyHook(ActCommon):
    """What a module for surveys uses: it names the survey, and tags by the answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._create_rule("survey", 20)
        cls.tag = cls.env["member.tag"].create({"name": "Plans to buy"})

    def _finish_survey(self, survey_id, partner=None, tags=None):
        partner = partner or self.ann
        entries = self.env["member.earning.rule"]._record_event(
            "survey", partner, f"{survey_id}|{partner.id}", reason="Plans for 2027"
        )
        partner.member_tag_ids |= tags or self.env["member.tag"]
        return entries

    def test_a_survey_earns_once_for_each_contact(self):
        for _time in range(2):
            self._finish_survey(1)
        self._finish_survey(1, self.amy)
        self._finish_survey(2)

        self.assertEqual(self._earned(), [20, 20, 20])

    def test_a_survey_of_somebody_else_earns_nothing(self):
        self.assertFalse(self._finish_survey(1, self.bob))

    def test_an_answer_gives_a_tag_that_rules_can_ask_for(self):
        of_planners = self._create_rule("review", 7, tag_ids=[(6, 0, self.tag.ids)])
        rules = self.env["member.earning.rule"]
        self.assertFalse(rules._get_event_offer("review", self.ann, "x").points)

        self._finish_survey(1, tags=self.tag)

        self.assertEqual(rules._get_event_offer("review", self.ann, "x").points, 7)
        self.assertTrue(of_planners.active)
