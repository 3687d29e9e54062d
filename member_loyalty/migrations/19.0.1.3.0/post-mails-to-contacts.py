from odoo import SUPERUSER_ID, api

TEMPLATES = {"mail_template_tier_warning": "partner", "mail_template_point_warning": "owner"}


def migrate(cr, _version):
    """Send warnings to the contact of a company that has no address of its own.

    Templates that somebody changed stay as they are.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name, member in TEMPLATES.items():
        template = env.ref(f"member_loyalty.{name}", raise_if_not_found=False)
        if template and template.partner_to == f"{{{{ object.{member}_id.id }}}}":
            template.write(
                {
                    "partner_to": "{{ object.mail_partner_id.id or '' }}",
                    "use_default_to": False,
                }
            )
