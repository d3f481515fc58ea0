"""What may be sent in for imports?"""
