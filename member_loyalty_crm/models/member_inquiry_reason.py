from odoo import api, models

UNMET = "○"
MET = "✓"


class MemberInquiryReason(models.AbstractModel):
    """Says the codes and figures of an inquiry's reasons in the reader's language."""

    _name = "member.inquiry.reason"
    _description = "Reason of an Inquiry"

    @api.model
    def _say(self, reasons):
        """Return a sentence for each reason, one on each line.

        :param list reasons: as :meth:`Reason.to_json` writes them; a cause has none
        """
        return "\n".join(filter(None, map(self._say_one, reasons or [])))

    def _say_one(self, reason):
        facts = reason.get("facts") or {}
        if "points" not in reason:
            return self._say_cause(reason["code"], facts)
        say = self._say_met if reason["met"] else self._say_unmet
        sentence = say(reason["code"], facts)
        sign = MET if reason["met"] else UNMET
        points = reason["points"] if reason["met"] else 0
        return self.env._(
            "%(sign)s %(sentence)s (%(points)s of %(most)s points)",
            sign=sign,
            sentence=sentence,
            points=points,
            most=reason["points"],
        )

    def _say_met(self, code, facts):
        """Return what an inquiry states. Seam: whoever adds a kind says it here."""
        place, known = facts.get("place") or "", facts.get("known")
        sentences = {
            "quantity": self.env._("It states %s quantities.", facts.get("count")),
            "product": self.env._("It names what is wanted."),
            "price": self.env._("It names a price or a budget."),
            "term": self.env._(
                "It names the delivery term %(term)s %(place)s.",
                term=facts.get("term"),
                place=place,
            ),
            "destination": self.env._("It says where to: %s.", place),
            "attachment": self.env._("It has %s attachments.", facts.get("count")),
            "wanted_date": self.env._("It says when the goods are wanted."),
            "sender": self.env._("The sender is a member.")
            if known
            else self.env._("It was sent from a company's mail address."),
            "words": self.env._("It says “%s”.", facts.get("word")),
        }
        if code == "quantity" and facts.get("count") == 1:
            return self.env._("It states a quantity.")
        if code == "product" and facts.get("count"):
            return self.env._("It names %s of your products.", facts["count"])
        return sentences.get(code, code)

    def _say_unmet(self, code, facts):
        sentences = {
            "quantity": self.env._("It states no quantity."),
            "product": self.env._("It does not name what is wanted."),
            "price": self.env._("It names no price."),
            "term": self.env._("It names no delivery term."),
            "destination": self.env._("It does not say where to."),
            "attachment": self.env._("It has no attachment."),
            "wanted_date": self.env._("It does not say when the goods are wanted."),
            "sender": self.env._("The sender is neither a member nor a company."),
        }
        if code == "words":
            criterion = self.env["member.inquiry.criterion"].browse(
                facts.get("criterion", 0)
            )
            name = criterion.exists().name or ""
            return self.env._("It has none of the words of “%s”.", name)
        return sentences.get(code, code)

    def _say_cause(self, code, facts):
        """Return why something is no ordinary inquiry, whatever its grade."""
        sentences = {
            "own": self.env._("All of it was written by your own company."),
            "empty": self.env._("There is no text to read."),
            "spam_words": self.env._("Spam: it says “%s”.", facts.get("words")),
            "links": self.env._("Spam: hardly anything but links."),
            "gibberish": self.env._("Spam: letters without sense."),
            "repeated": self.env._(
                "Duplicate: the same sender asked for the same in lead %s.",
                facts.get("lead"),
            ),
            "same_text": self.env._(
                "Copy: %s others sent the same text.", facts.get("count")
            ),
            "list": self.env._(
                "Copy: it greets nobody by name, lists many things, and wants no"
                " quantity of any."
            ),
            "more": self.env._("There are more lines than are read. Add them by hand."),
            "hand": self.env._("Decided by hand."),
        }
        return sentences.get(code, code)
