"""A statement that has every word of its source and exchanges what belongs to what."""

import pytest

from concierge.answering.bound import exchanges
from concierge.answering.reading import read

SILK = (
    "In 2024, 12 % of the raw silk came from the Cévennes, and the remaining 88 % came from Brazil."
)
LINE = "The saffron line measures 2 millimetres and the ink line 1 millimetre."
NIGHT = "Jardin de nuit was drawn by Hélène Sérance in 1957, and printed by Lucien Abadie."
RAIN = "She stayed for eleven days, and it rained on nine of them."
POST = "Delivery in France is free and takes two days. Delivery in Japan costs 15 euros."
LINEN = "The linen is spun wet in Poland, and it is woven in Normandy."
THREAD = "The thread of Brazil is more even than that of the Cévennes."
LOAN = "It began with 1,200 francs lent by her aunt Benoîte. Adèle repaid it on 14 June 1893."


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("12 % of the silk came from the Cévennes and 88 % from Brazil in 2024.", SILK),
        ("The ink line is 1 millimetre wide, the saffron line 2.", LINE),
        ("Lucien Abadie printed Jardin de nuit, which Hélène Sérance drew.", NIGHT),
        ("It rained on nine of the eleven days.", RAIN),
        ("Delivery to Japan costs 15 euros.", POST),
        ("The linen is woven in Normandy and spun in Poland.", LINEN),
        ("The thread of the Cévennes is less even; that of Brazil is more even.", THREAD),
        ("Her aunt Benoîte lent Adèle 1,200 francs.", LOAN),
    ],
)
def test_what_is_bound_as_the_source_binds_it_is_no_exchange(said, told):
    assert not list(exchanges(read(said, "en"), [read(told, "en")]))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("In 2024, 88 % of the raw silk came from the Cévennes and 12 % from Brazil.", SILK),
        ("The saffron line measures 1 millimetre and the ink line 2 millimetres.", LINE),
        ("Jardin de nuit was drawn by Lucien Abadie and printed by Hélène Sérance.", NIGHT),
        ("She stayed for nine days, and it rained on eleven.", RAIN),
        ("Delivery in France costs 15 euros.", POST),
        ("Delivery in Japan is free.", POST),
        ("The linen is spun in Normandy.", LINEN),
        ("The thread of the Cévennes is more even than that of Brazil.", THREAD),
        ("Adèle lent Benoîte, her aunt, 1,200 francs.", LOAN),
        ("Adèle repaid it on 14 June 1889.", LOAN),
    ],
)
def test_what_changes_places_is_told(said, told):
    assert list(exchanges(read(said, "en"), [read(told, "en")]))
