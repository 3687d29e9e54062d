from odoo import api, models

MEMORY = "member_remembered"


class MemberRemembered(models.AbstractModel):
    """What is found out once for a page, however many parts of it ask."""

    _name = "member.remembered"
    _description = "Answer that is Remembered while Reading"

    @api.model
    def _remember_while_reading(self, key, make):
        """Return what ``make`` returns, from memory when it was asked for before.

        It is remembered until the end of a transaction that only reads: nothing can
        change then. Any other transaction asks anew each time.

        :param tuple key: names the answer among those of all models, with all that it
            depends on, be it the user or the language
        :param make: a function without arguments; nobody may change what it returns,
            and records keep the environment they were found with
        """
        if not self.env.cr.readonly:
            return make()
        remembered = self.env.cr.cache.setdefault(MEMORY, {})
        if key not in remembered:
            remembered[key] = make()
        return remembered[key]
