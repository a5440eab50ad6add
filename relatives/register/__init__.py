"""The import of a register: a home's people, from what its care system exports.

The road of a file: `reading` makes tables of text out of it, `sheets` recognises what
each table is about and reads its cells (`columns`, `cells`), `checks` looks at the rows
together, `plan` compares them with what the portal has, `actions` writes. Nothing but
`actions` writes, and it does everything or nothing.
"""
