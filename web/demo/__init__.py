"""The demo school: an invented school in the middle of a semester, told by commands alone.

`school` says who is there and `days` when; the scenes are written by `founding` (name and staff),
`planning` (the year, up to the opening of its first semester), `roster` (pupils who come and go),
`term` (marks), `corrections`, `troubles` and `supervision` (absences, inspections, departments), in
any order, and played in that of their moments. `dossiers` comes after: its keys are new in every
demo. A new part of the story is a module with a `write_…` of its own, called in
`creation.written_script`.
"""
