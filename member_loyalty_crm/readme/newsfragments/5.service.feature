New leads of members who are promised to be answered first get at least the stars that the benefit says; the pipeline shows and filters them.
