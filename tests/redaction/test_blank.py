import pytest

from concierge.redaction.blank import blanked, is_blanked, logged, logged_value


@pytest.mark.parametrize(
    "personal",
    [
        "anna.rossi+gifts@example.co.uk",
        "+33 1 42 65 43 21",
        "+442079460958",
        "01 42 65 43 21",
        "(020) 7946-0958",
        "555-0142",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "378282246310005",
        "20240017",
        "FR76 3000 6000 0112 3456 7890 189",
    ],
)
def test_addresses_and_numbers_of_people_are_blanked(personal):
    text = blanked(f"Please reach me, {personal}, about the scarf of 1934.")
    assert not any(part in text for part in personal.split() if len(part) > 4)
    assert text.startswith("Please reach me, ")
    assert text.endswith("about the scarf of 1934.")


@pytest.mark.parametrize(
    "text",
    [
        "Was the Heron printed in 1934, 1936 or 1951?",
        "Who led the house from 1921-1934?",
        "Is the bag under 2,450.00 EUR?",
        "Was it printed on 20.09.1934?",
        "My hand measures 17.5 cm. What size is that?",
        "Do you have the carré 90 x 90, item SER-90417?",
    ],
)
def test_what_a_question_is_about_stays(text):
    assert blanked(text) == text


def test_a_second_address_is_blanked_too():
    assert blanked("a@b.fr or c@d.it?") == "[address] or [address]?"


def test_a_question_is_known_in_its_blanked_form():
    kept = "My name is [name], who drew the heron of the second square?"
    assert is_blanked(kept, "My name is Anna Dürr, who drew the heron of the second square?")
    assert not is_blanked(kept, "What does the bag cost, and is it in stock?")


@pytest.mark.parametrize(
    "line",
    [
        "Connection to 127.0.0.1:5432 refused",
        "run 7 took 12.345678 seconds for 20261121 rows",
        "/serance/messages/3f2504e0-4f89-11d3-9a0c-0305e82c3301/",
        "https://api.example.com/v1/chat answered 429",
        "archive.tasks.nudge[9b2d7c1e-1234-4321-8123-123456789012] received",
    ],
)
def test_what_an_operator_needs_stays_in_a_log(line):
    assert logged(line) == line


def test_values_of_a_line_are_blanked_however_deep_they_lie():
    told = logged_value({"at": ["a@b.fr", ("call +33 6 39 98 11 22", 7)], "n": 3, "ok": True})
    assert told == {"at": ["[address]", ["call [number]", 7]], "n": 3, "ok": True}


def test_an_address_with_a_password_is_no_machines():
    assert "hunter22" not in logged("cannot fetch https://anna:hunter22@files.example.com/a.pdf")
