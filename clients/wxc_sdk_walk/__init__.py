"""The walk of wxc-sdk, by noun; `with_wxc_sdk.py` starts it."""
