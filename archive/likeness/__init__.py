"""Documents that say the same: found, grouped, and settled by a person.

`reading` takes a text apart, `sketch` makes numbers of it that can be compared by the thousand,
`pairs` finds which texts may be copies, `telling` decides whether what differs matters, `clusters`
puts it together without knowing of any row. `find` brings the rows, `choose` what a person says.
"""
