"""The walk of webexpythonsdk, by noun; `with_webexpythonsdk.py` starts it."""
