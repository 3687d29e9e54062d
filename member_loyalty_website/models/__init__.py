from . import sale_order
from . import product_template
from . import website
from . import website_snippet_filter
