"""The walk of wxcadm, by noun; `with_wxcadm.py` starts it."""
