"""Accounts, one-time links and sign-in sessions."""
