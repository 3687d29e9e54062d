Tags kept by rules, with a log of who was tagged when and why; a graph of movements
per month by tier and country; filters by what members bought, and what they did not.
