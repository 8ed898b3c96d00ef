"""What makes a bare machine ready: standard library only, Python 3.11 or newer."""
