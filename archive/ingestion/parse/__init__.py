"""Files of many kinds into blocks of plain text. Run as a module, it reads one file and ends.

Nothing here imports Django: the process that reads a file must start fast and own nothing.
"""
