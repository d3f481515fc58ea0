"""Whom do we call, who may not be called, who calls whom now, and what came of it?"""
