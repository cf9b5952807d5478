"""Pieces of screens too large for their page; they draw, and hold no rule and no query of their own."""
