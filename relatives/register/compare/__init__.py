"""Rows against what the portal has, kind by kind: what is new, what differs.

An empty cell never changes anything. What has ended in the portal stays ended.
"""
