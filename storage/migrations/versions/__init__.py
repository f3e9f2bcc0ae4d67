"""The changes, oldest first: `r<number>_<what>.py`."""
