"""Payment by Stripe: the client, what it is asked, what it tells by itself.

`stripe` speaks its HTTP interface, `shapes` reads its answers, `signatures` and `events` take in what it sends,
`keeping` writes down what it says of a subscription, `actions` holds what readers and editors do.
"""
