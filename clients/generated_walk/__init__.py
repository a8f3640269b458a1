"""The walk of the generated clients, by noun; `generated.py` starts it."""
