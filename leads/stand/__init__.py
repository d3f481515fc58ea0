"""Who visits us at a fair, written down on the spot on devices that are not always connected?"""
