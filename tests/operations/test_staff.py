"""The staff's address leads to their console."""


def test_the_staff_s_address_leads_to_the_console(curator):
    assert curator.get("/staff/", follow=True).request["PATH_INFO"] == "/admin/"


def test_a_visitor_is_asked_who_they_are(db, visitor):
    assert visitor.get("/staff/", follow=True).request["PATH_INFO"] == "/admin/login/"
