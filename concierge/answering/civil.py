"""Whether a short sentence that nothing supports is a courtesy, which claims nothing.

"Your order is confirmed" is as short as "With pleasure", and no word of it stands in a closed class
of things. So courtesies are the closed class: what is not known as one claims something. A deed, a
promise or an offer is none, however kindly it is said: a concierge only reads.
"""

import re

from concierge.answering import support
from concierge.answering.reading import is_of_sense

SHORT = 4  # words of sense that a courtesy has at most
KIND = {
    "en": r"pleasure|pleased|glad(?:ly)?|happy|happily|delight\w*|hope|thanks?|thank you|please"
    r"|welcome|sorry|regret|afraid|apolog\w+|certainly|of course|indeed|good (?:day|morning|evening"
    r"|afternoon)|hello|goodbye|dear|wish|let me know|tell me|you (?:may|might|could) (?:ask|wish"
    r"|like|enjoy)|may I|feel free|hesitate|should you|if you|enjoy|congratulations|understand"
    r"|your question|depends|nothing (?:more|else)|I (?:have (?:no|nothing)|know (?:no|nothing)"
    r"|(?:do not|don['’]t|cannot|can['’]t|could not|can not) (?:know|say|tell|find|see|help|speak"
    r"|answer|have))|(?:I|it) (?:can|could|may|will|would) (?:gladly )?(?:help|tell|say|be of)"
    r"|(?:lovely|good|fine|beautiful|excellent|wonderful|charming) (?:question|choice|thought|idea)"
    r"|^here (?:is|are|it|they)\b|^(?:in short|in brief|for example|as follows|to sum up)",
    "fr": r"plaisir|heureu\w+|ravie?s?|volontiers|espère|merci|remerci\w+|prie|bienvenue|désolée?"
    r"|regrette|navrée?|pardon|excus\w+|certainement|bien sûr|bonjour|bonsoir|au revoir|chère?"
    r"|souhait\w+|dites-moi|n['’]hésitez|si vous|votre question|dépend|rien (?:de plus|d['’]autre)"
    r"|je ne (?:sais|peux|trouve|vois|connais)|je n['’]ai|je (?:peux|puis) vous (?:dire|aider)"
    r"|à votre (?:disposition|service)|^voici|^en bref|^par exemple|belle (?:question|idée)",
    "it": r"piacere|lieta|lieto|felice|volentieri|spero|grazie|ringrazi\w+|prego|benvenut\w+"
    r"|dispiace|spiacente|scus\w+|certamente|certo|buon(?:giorno|asera)|arrivederci|gentile"
    r"|desider\w+|mi dica|non esiti|se (?:lo )?(?:vuole|desidera)|la sua domanda|dipende"
    r"|nient['’]altro|non (?:so|posso|trovo|vedo|conosco|ho)|posso (?:dirle|aiutarla)"
    r"|a sua disposizione|^ecco|^in breve|^per esempio|bella (?:domanda|idea)",
    "de": r"gern(?:e)?|freu\w+|hoff\w+|dank\w*|bitte|willkommen|leid|bedau\w+|verzeih\w+"
    r"|entschuldig\w+|gewiss|selbstverständlich|natürlich gern|guten (?:tag|morgen|abend)"
    r"|auf wiedersehen|lieber?|wünsch\w+|sagen sie mir|zögern sie nicht|wenn sie|ihre frage"
    r"|kommt darauf an|nichts (?:weiter|anderes)|kann ich ihnen (?:sagen|helfen)|zur verfügung"
    r"|ich (?:weiß|kann|finde|sehe|kenne|habe) [^.!?]{0,25}(?:nicht|nichts|kein\w*)"
    r"|^hier (?:ist|sind)|^kurz|^zum beispiel|schöne (?:frage|idee)",
}  # fmt: skip
DEEDS = {
    "en": r"order\w*|book(?:ed|ing)|reserv\w+|confirm\w*|ship\w*|deliver\w*|dispatch\w*|arriv\w+"
    r"|sen[dt]|sending|call(?:ed|s)?|arrang\w+|schedul\w+|appointment|refund\w*|discount\w*|vouchers?"
    r"|coupons?|gifts?|free|activat\w+|enabled|unlock\w*|modes?|upgrad\w+|add(?:ed|ing)|cancel\w*"
    r"|charg\w+|paid|transfer\w*|unlimited|admin\w*|tomorrow|today|tonight|shortly|await\w*",
    "fr": r"command\w+|réserv\w+|confirm\w+|expédi\w+|livr\w+|envo\w+|arriv\w+|rappel\w+|appel\w+"
    r"|rendez-vous|rembours\w+|remise|réduction|cadeau\w*|offr\w+|offert\w*|gratuit\w*|activ\w+"
    r"|débloqu\w+|modes?|ajout\w+|annul\w+|demain|aujourd['’]hui",
    "it": r"ordin\w+|prenot\w+|conferm\w+|spedi\w+|consegn\w+|invi\w+|arriv\w+|richiam\w+|chiam\w+"
    r"|appuntament\w+|rimbors\w+|scont\w+|omaggi\w*|regal\w+|offr\w+|gratis|gratuit\w+|attiv\w+"
    r"|sblocc\w+|modalità|aggiunt\w+|annull\w+|domani|oggi",
    "de": r"bestell\w+|gebucht|buch(?:e|en)|reservier\w+|bestätig\w+|versand\w*|versend\w+"
    r"|liefer\w*|schick\w+|send\w+|gesandt|komm(?:t|en) an|ankomm\w+|ruf\w+|anruf\w*|termin\w*"
    r"|erstatt\w+|rabatt\w*|gutschein\w*|geschenk\w*|gratis|kostenlos|aktiv\w+|modus|hinzugefügt"
    r"|stornier\w+|(?<!guten )morgen|heute",
}  # fmt: skip
KINDLY = re.compile("|".join(rf"(?<!\w)(?:{each})(?!\w)" for each in KIND.values()), re.I)
DEED = re.compile(rf"\b(?:{'|'.join(DEEDS.values())})\b", re.IGNORECASE)
# "Shall I reserve it?" offers what no concierge can do.
OFFER = re.compile(
    r"\b(?:(?:shall|should|may|can) I|(?:would you like|do you want) me to"
    r"|(?:souhaitez|voulez)-vous que je|dois-je|puis-je|vuole che|desidera che|posso|soll ich"
    r"|darf ich|möchten Sie, dass ich)\b",
    re.IGNORECASE,
)
LEAD = re.compile(r":\s*$")
PLAIN_ANSWER = re.compile(r"^\W*(?:yes|no|oui|non|sì|si|ja|nein)\W*$", re.IGNORECASE)


def is_courtesy(text: str) -> bool:
    """Whether a sentence, or a part of one, of at most SHORT words of sense claims nothing."""
    words = support.WORD.findall(text)
    if DEED.search(text) or sum(map(is_of_sense, words)) > SHORT:
        return False
    if not any(map(is_of_sense, words)):
        return True
    return bool(KINDLY.search(text) or LEAD.search(text))


def offers_a_deed(question: str) -> bool:
    """Whether a question offers to do what only a person could."""
    found = OFFER.search(question)
    return bool(found and DEED.search(question, found.end()))


def is_plain_answer(text: str) -> bool:
    """Whether it is a "yes" or a "no" alone, which says what the next sentence does."""
    return bool(PLAIN_ANSWER.match(text))
