"""May I say it? What staff may tell whoever is on the telephone, in seconds.

`callers` finds who it may be, `answers` says what they may be told at this instant,
`forms` and `views` log the call with what was told.
"""
