"""Recruitment across sites: flow, pace and what needs doing."""
