"""Volunteer counsellors and, later, their training."""
