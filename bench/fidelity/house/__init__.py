"""What the fixtures say: documents of the fictional house, before any tool has set them.

A document is a list of parts in reading order:

    ("h", level, text)          heading, level 1 the highest
    ("p", text)                 paragraph
    ("li", text)                item of a list with bullets
    ("ol", number, text)        item of a numbered list
    ("table", rows)             rows of cells; None goes on with the cell above, "<" with that on
                                the left
    ("fig", text)               caption
    ("note", number, text)      footnote, called by [^number] in a text
    ("turn", name, seconds, text)  what a person says

In a text, *italic* and **bold** are marked; nothing else is.
"""
