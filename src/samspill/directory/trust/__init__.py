"""Who asks, proven: access tokens, DPoP, SMART backend services, attests, and the core of access decisions.

Here: rules on plain values, without Django and without a database. What must be remembered (ids used once)
is a Protocol given as an argument; so are time, keys and chance. Lowest first: `jose` beside this package,
`callers` and `access_tokens` (a token becomes a `Caller`), `dpop` and `nonces` (the token is in the hands it
was given to), `door` (a request as a whole), `smart` (machines ask for tokens), `local_issuer` (a HelseID of
our own for development and tests), `attest` (why a person in another organisation may look), `decision_*`
(whether anybody may). Not here: signing in (`directory.oidc`), tables of episodes and agreements (`care`),
the log of what was read.

Everything is refused with `Refused` and a stable code; no sentence repeats a national identity number.
"""
