import re


class RouteSecrets:
    """What Bolt has and nobody else may learn of, by the names that addresses use."""

    SECRET = "Secret of Bolt"
    # tokens of their own, or nothing to gain from a forged request
    WITHOUT_TOKEN = frozenset()
    # a page that is read and leaves a trace
    READS_AND_WRITES = frozenset({"/my/membership/document/<int:document_id>"})

    # files of the staff, which buyers have no right to whatever the number
    OF_STAFF = frozenset({"export_id", "ranking_id", "simulation_id", "statement_id"})

    # what everybody may name, and signs that nobody can guess
    OPEN_TO_ALL = frozenset({"page", "document_id", "product_id", "purpose_id"})
    SIGNS = frozenset({"code", "token"})

    @classmethod
    def make_secrets(cls):
        """Give Bolt what addresses can name."""
        cls.bolts_membership = cls.program._enroll_partners(cls.bolt, "hand")
        cls.bolts_message = cls._tell(cls.bolt, title=cls.SECRET)
        cls.bolts_appeal = cls._appeal_for_bolt()
        cls.secrets = {
            "message_id": cls.bolts_message,
            "membership_id": cls.bolts_membership,
            "attachment_id": cls.bolts_appeal.evidence_attachment_ids,
        }

    @classmethod
    def _appeal_for_bolt(cls):
        """Let Bolt wish for a higher tier, with evidence."""
        cls.program.appeal_by_members = True
        evidence = cls.env["ir.attachment"].create(
            {"name": cls.SECRET, "raw": cls.SECRET.encode(), "mimetype": "text/plain"}
        )
        return cls.env["member.tier.appeal"].create(
            {
                "membership_id": cls.bolts_membership.id,
                "tier_id": cls.patron.id,
                "reason": cls.SECRET,
                "evidence_attachment_ids": evidence.ids,
            }
        )

    @classmethod
    def known_names(cls):
        """Return the names of parameters that addresses may have."""
        return {*cls.secrets, *cls.OF_STAFF, *cls.OPEN_TO_ALL, *cls.SIGNS}

    @classmethod
    def names_in(cls, url):
        """Return the names of the parameters of an address."""
        return [part.rpartition(":")[2] for part in re.findall(r"<([^>]+)>", url)]

    @classmethod
    def names_secret(cls, url):
        """Tell whether an address names something that belongs to Bolt."""
        return bool(cls.secrets.keys() & set(cls.names_in(url)))

    @classmethod
    def fill(cls, url, value=None):
        """Return an address with what belongs to Bolt in it, or with a value."""

        def replace(match):
            if value is not None:
                return value
            name = match[1].rpartition(":")[2]
            secret = cls.secrets.get(name)
            return str(secret.id if hasattr(secret, "id") else secret or 1)

        return re.sub(r"<([^>]+)>", replace, url)

    @classmethod
    def secret_parameters(cls):
        """Return what belongs to Bolt as parameters of a form."""
        return {
            name: str(secret.id if hasattr(secret, "id") else secret)
            for name, secret in cls.secrets.items()
        }

    def read_secrets(self):
        """Return what must stay as it is, to compare."""
        return [
            {
                name: value
                for name, value in secret.sudo().read(load=None)[0].items()
                if name not in ("write_date", "__last_update")
            }
            for secret in self.secrets.values()
            if hasattr(secret, "id")
        ]
