"""Which pages show leads, contacts and imports?"""
