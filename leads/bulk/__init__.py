"""One thing done to many leads at once: in the background, slice by slice, with what was left alone and why, and a way back."""
