Members refer other companies by a personal link or code, see on a page of their own what became of each and why one does not count; whoever registers on the website can enter a code.
