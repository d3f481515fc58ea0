"""What may a visitor without a log-in send us, and what do we make of it?"""
