from odoo import Command

from .benefit_common import BenefitCommon


class DocumentCommon(BenefitCommon):
    """Levels Manuals (for Silver and Gold) and Drawings (for Gold), and a product."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manuals, cls.drawings = cls.env["member.document.level"].create(
            [{"name": "Test Manuals"}, {"name": "Test Drawings"}]
        )
        cls.manual_benefit = cls._open(cls.manuals, cls.silver | cls.gold)
        cls.drawing_benefit = cls._open(cls.drawings, cls.gold)

    @classmethod
    def _open(cls, levels, tiers, **values):
        return cls._create_benefit(
            kind="documents",
            name=f"Opens {levels[0].name}",
            tiers=tiers,
            document_level_ids=[Command.set(levels.ids)],
            **values,
        )

    @classmethod
    def _create_document(cls, level=None, product=None, **values):
        """Put a document on a product, for members where there is a level."""
        return cls.env["product.document"].create(
            {
                "name": "drawing.txt",
                "raw": b"secret drawing",
                "res_model": "product.template",
                "res_id": (product or cls.product).product_tmpl_id.id,
                "member_only": bool(level),
                "member_level_id": level and level.id,
                **values,
            }
        )
