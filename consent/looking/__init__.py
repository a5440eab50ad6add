"""What others were shown or told about a resident, read from the access log.

`months` finds the page, `disclosures` is for those who care for the resident, `easy` for
the resident: time, purpose and role, and no employee's name (Datatilsynet, 6 June 2024,
2024-32-0283, after the Court of Justice in C-579/21).
"""
