"""The curator's desk: one module for each kind of page, named in archive/admin.py."""
