"""A simulated neighbourhood: months of asking and helping, through real handlers and storage."""
