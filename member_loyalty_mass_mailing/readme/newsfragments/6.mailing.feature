Mail to the members of a segment, where Email Marketing is installed: they are looked up when the mailing is sent.
