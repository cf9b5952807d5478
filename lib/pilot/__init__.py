"""The pilot itself: targets, plan, regions and partners."""
