"""Which pages do those who work leads see, and what do they do there?"""
