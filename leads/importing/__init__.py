"""How does a file of people become leads: reading, mapping, staging, verdicts, committing, undoing."""
