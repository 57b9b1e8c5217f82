"""Second marking: some scripts, drawn blind, are marked again, and what differs is settled."""
