An inquiry list in the shop: visitors and buyers collect products with "Add to Inquiry", also those without a
price, and send the list once, with a wanted date and a message. Switched on per website in the settings.
