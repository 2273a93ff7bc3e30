"""A word in return, in the language it was said in."""

from concierge.answering.manners import own
from concierge.answering.turn import Reply, Turn
from concierge.voice.manner import Sentence

RUNG = "courtesy"
KINDS: dict[str, Sentence] = {"greeting": "greeting", "thanks": "thanks", "farewell": "sign_off"}
REPLIES = {
    "en": {
        "greeting": "Good day, and welcome to {house}. What would you like to know?",
        "thanks": "With pleasure. Is there anything else you would like to know?",
        "farewell": "Goodbye, and thank you for your visit.",
    },
    "fr": {
        "greeting": "Bonjour, et bienvenue chez {house}. Que souhaitez-vous savoir ?",
        "thanks": "Avec plaisir. Souhaitez-vous savoir autre chose ?",
        "farewell": "Au revoir, et merci de votre visite.",
    },
    "it": {
        "greeting": "Buongiorno e benvenuti da {house}. Che cosa desidera sapere?",
        "thanks": "È un piacere. Desidera sapere altro?",
        "farewell": "Arrivederci, e grazie della visita.",
    },
    "de": {
        "greeting": "Guten Tag und willkommen bei {house}. Was möchten Sie wissen?",
        "thanks": "Sehr gern. Möchten Sie noch etwas wissen?",
        "farewell": "Auf Wiedersehen, und danke für Ihren Besuch.",
    },
}
SIGNS = {
    "fr": ("bonjour", "bonsoir", "salut", "merci", "au revoir"),
    "it": ("ciao", "buongiorno", "buonasera", "grazie", "arrivederci"),
    "de": ("hallo", "guten", "danke", "auf wiedersehen"),
}


def smalltalk(turn: Turn, kind: str) -> Reply:
    said = turn.question.lower()
    language = next(
        (code for code, signs in SIGNS.items() if any(sign in said for sign in signs)), "en"
    )
    ours = REPLIES[language][kind].format(house=turn.brand.name)
    return Reply(text=own(turn, KINDS[kind], language) or ours, rung=RUNG)
