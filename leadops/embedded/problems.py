"""What can go wrong with an embedded server, in one line that says what to do."""


class Unavailable(Exception):
    """An embedded server cannot be had; the message is one line for the person at the console."""
