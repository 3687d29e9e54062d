from odoo.fields import Domain
from odoo.http import request

from ..logic.inquiry_list import read_id

MOST_VALUES = 50


def find_chosen_product(post):
    """Return what a product page, or a tile of the shop, is about.

    The values that were chosen decide, for without scripts the page cannot name the
    variant; then the variant that it names; then the first one.

    :param dict post: the fields of the form
    :return: template, variant and what was chosen beside the variant, in words; no
        variant when the visitor may not see it
    """
    template = _find_template(post)
    product = request.env["product.product"].sudo()
    if not template:
        return template, product, ""
    chosen = _get_chosen_values(template)
    product = _get_variant(template, chosen, read_id(post.get("product_id")))
    lists = request.env["member.inquiry.list"]
    askable = lists._filter_askable(request.website, product)
    return template, product if askable else product.browse(), _say_rest(chosen)


def _find_template(post):
    """Return the product that a form names, with rights, if the visitor may see it."""
    named = post.get("product_template_id") or post.get("inquiry_template_id")
    domain = Domain("id", "=", read_id(named)) & Domain(
        request.website.sale_product_domain()
    )
    found = request.env["product.template"].search(domain)
    if not found or not found.can_access_from_current_website():
        return found.browse().sudo()
    return found.sudo()


def _get_chosen_values(template):
    """Return the values of attributes that were chosen on the page."""
    named = [
        read_id(value)
        for name, value in request.httprequest.form.items(multi=True)
        if name.startswith("ptal-")
    ]
    values = request.env["product.template.attribute.value"].sudo()
    return (
        values.browse(named[:MOST_VALUES])
        .exists()
        .filtered(lambda one: one.product_tmpl_id == template and one.ptav_active)
    )


def _get_variant(template, chosen, named_id):
    """Return the variant, made now where variants are made when somebody asks."""
    makes_variant = bool(chosen._without_no_variant_attributes())
    if makes_variant and (found := template._create_product_variant(chosen)):
        return found
    variants = template.product_variant_ids
    named = variants.filtered(lambda one: one.id == named_id)
    return named or template._create_first_product_variant()


def _say_rest(chosen):
    """Return in words the values that make no variant."""
    rest = chosen - chosen._without_no_variant_attributes()
    return ", ".join(f"{one.attribute_id.name}: {one.name}" for one in rest)
