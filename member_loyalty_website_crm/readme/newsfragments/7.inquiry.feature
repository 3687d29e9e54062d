An inquiry list of the shop becomes a lead with lines, and buyers see their company's inquiries, how far each is and
the quotations for it in the member centre.
