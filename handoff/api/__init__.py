"""How do other programs work leads for a rep: a softphone, a calendar, an assistant?"""
