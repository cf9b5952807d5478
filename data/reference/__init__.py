"""Reference data that every installation starts with."""
