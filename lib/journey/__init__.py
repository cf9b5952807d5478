"""The path of a person: orientation, decisions, consents, and the identity kept apart."""
