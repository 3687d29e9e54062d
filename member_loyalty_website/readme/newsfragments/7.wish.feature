A reward claimed without a cart waits there; who came without registering is asked for consent in the member centre.
