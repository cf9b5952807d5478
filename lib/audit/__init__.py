"""What was changed, revealed, refused and exported, by whom and when."""
