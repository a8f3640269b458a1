"""The walk of Cisco's reference app, by noun; `java_app.py` starts it."""
