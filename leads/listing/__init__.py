"""The list of leads as a tool: what is asked of it, what it shows, what is counted, taken along and done to many at once."""
