"""Rows looked at together, and against what the portal knows: what cannot be right?

Each check tells `wrong(sheet, row, field, text)`, which also takes the row out of the
comparison with the portal.
"""
