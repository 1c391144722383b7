"""Accounts, plans, subscriptions, and the pass that says what its bearer may read."""
