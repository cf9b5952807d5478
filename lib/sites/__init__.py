"""Oncology sites and their way to activation."""
