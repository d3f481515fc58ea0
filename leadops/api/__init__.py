"""What do all endpoints of the API have in common? Tokens, limits, pages, problem documents and the schema."""
