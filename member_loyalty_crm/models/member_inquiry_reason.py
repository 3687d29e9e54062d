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
        say = self.env._
        place, known = facts.get("place") or "", facts.get("known")
        sentences = {
            "quantity": say("It states %s quantities.", facts.get("count")),
            "product": say("It names what is wanted."),
            "price": say("It names a price or a budget."),
            "term": say(
                "It names the delivery term %(term)s %(place)s.",
                term=facts.get("term"),
                place=place,
            ),
            "destination": say("It says where to: %s.", place),
            "attachment": say("It has %s attachments.", facts.get("count")),
            "wanted_date": say("It says when the goods are wanted."),
            "sender": say("The sender is a member.")
            if known
            else say("It was sent from a company's mail address."),
            "words": say("It says “%s”.", facts.get("word")),
        }
        if code == "quantity" and facts.get("count") == 1:
            return say("It states a quantity.")
        if code == "product" and facts.get("count"):
            return say("It names %s of your products.", facts["count"])
        return sentences.get(code, code)

    def _say_unmet(self, code, facts):
        say = self.env._
        sentences = {
            "quantity": say("It states no quantity."),
            "product": say("It does not name what is wanted."),
            "price": say("It names no price."),
            "term": say("It names no delivery term."),
            "destination": say("It does not say where to."),
            "attachment": say("It has no attachment."),
            "wanted_date": say("It does not say when the goods are wanted."),
            "sender": say("The sender is neither a member nor a company."),
        }
        if code == "words":
            criterion = self.env["member.inquiry.criterion"].browse(
                facts.get("criterion", 0)
            )
            name = criterion.exists().name or ""
            return say("It has none of the words of “%s”.", name)
        return sentences.get(code, code)

    def _say_cause(self, code, facts):
        """Return why something is no ordinary inquiry, whatever its grade."""
        say = self.env._
        sentences = {
            "own": say("All of it was written by your own company."),
            "empty": say("There is no text to read."),
            "spam_words": say("Spam: it says “%s”.", facts.get("words")),
            "links": say("Spam: hardly anything but links."),
            "gibberish": say("Spam: letters without sense."),
            "repeated": say(
                "Duplicate: the same sender asked for the same in lead %s.",
                facts.get("lead"),
            ),
            "same_text": say("Copy: %s others sent the same text.", facts.get("count")),
            "list": say(
                "Copy: it greets nobody by name, lists many things, and wants no"
                " quantity of any."
            ),
            "more": say("There are more lines than are read. Add them by hand."),
            "hand": say("Decided by hand."),
        }
        return sentences.get(code, code)
