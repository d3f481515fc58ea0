"""How do other programs send enquiries and files in, and read what is known of leads and people?"""
