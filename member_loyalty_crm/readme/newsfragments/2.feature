The customer's tier on leads and opportunities.
