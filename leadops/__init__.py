"""LeadOps: no lead falls between marketing and sales."""
