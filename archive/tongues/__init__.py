"""Questions said in the languages of the texts they are asked of, by a dictionary of our own.

No model translates: word by word, names and numbers as they stand. docs/questions.md.
"""

from archive.tongues.say import alike, known_to, said_in, understood, worded_in
from archive.tongues.tell import spoken

__all__ = ["alike", "known_to", "said_in", "spoken", "understood", "worded_in"]
