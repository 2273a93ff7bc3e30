import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import override_settings

from archive.steps import Step, leaving_out, taken


def test_a_step_is_taken_unless_the_setting_names_it():
    with override_settings(SEARCH_WITHOUT={"rerank"}):
        assert not taken(Step.RERANK)
        assert taken(Step.SPELLING)


def test_a_setting_that_names_no_step_is_told_to_the_operator():
    with (
        override_settings(SEARCH_WITHOUT={"reranking"}),
        pytest.raises(SystemCheckError, match="no step of a search: reranking"),
    ):
        call_command("check")


def test_steps_are_left_out_of_one_context_alone():
    with leaving_out(["rerank"]), leaving_out(["words"]):
        assert not taken(Step.RERANK)
        assert not taken(Step.WORDS)
    assert taken(Step.RERANK)
