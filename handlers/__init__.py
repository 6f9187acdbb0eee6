"""The conversations: one file per duty, each exporting its handlers."""
