What protects documents has to be signed; at registration with the name entered there.
