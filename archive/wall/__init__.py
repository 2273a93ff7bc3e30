"""The second wall, under `visible_to`: row-level security in the database itself.

Code that forgets a condition reads nothing it should not: each statement says whose it is
(`scope`), the database driver tells the server in the statement's own transaction (`database`), and
policies of each table (`policies`, declared in the `walls` module of each application) let through
the rows of that scope alone. docs/decisions/wall.md gives the reasons and the cost.
"""
