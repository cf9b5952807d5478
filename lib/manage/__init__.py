"""The command line: what whoever operates the pilot runs, and what happens before the application serves."""
