Rules have versions: to reach and to keep a tier, for life, with more windows, limits and
metrics; what members are promised outlives a change. Promises, grace, one rung at a time,
warnings, accelerators, tiers given by hand until a day, a limit on falls. Every decision
explains itself down to the documents, and can be taken again.
