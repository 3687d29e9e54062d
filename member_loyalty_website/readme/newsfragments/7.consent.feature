Buyers decide in their settings about language, birthday and consent, download what is kept of them, sign for and open their documents, and ask for a higher tier.
