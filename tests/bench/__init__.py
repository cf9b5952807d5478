"""How fast the product is, and where the time goes: `python -m lib.manage bench` runs this package."""
