"""The walls around the nightly passes: names of tables, and times."""

from archive.wall.policies import stands_open
from concierge.scrub import models

for each in (models.Pass, models.Rewritten):
    stands_open(each, "names of tables, and when their files were written anew")
