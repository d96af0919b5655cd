"""The fixtures for tests of users: a service without any import."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]


def it_gives_each_test_a_mistral_of_its_own(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        test_it="""
        import fogflow
        import pytest

        @pytest.mark.parametrize("again", [False, True])
        def test_a_workflow(mistral_mock, again):
            mistral_mock.workflows.create(definition={"version": "2.0", "w": {"tasks": {"t": {"action": "std.noop"}}}})
            assert [workflow.name for workflow in fogflow.connect(cloud="mine").workflows] == ["w"]

        def test_it_is_gone():
            with pytest.raises(fogflow.errors.ArgumentError):
                fogflow.connect()
        """
    )

    pytester.runpytest_subprocess().assert_outcomes(passed=3)


@pytest.mark.only_in("real", why="it is about the cloud itself")
def it_gives_all_tests_one_real_mistral(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        test_it="""
        def test_a_workflow(mistral_local):
            mistral_local.workflows.create(definition={"version": "2.0", "w": {"tasks": {"t": {"action": "std.noop"}}}})

        def test_it_is_there_still(mistral_local):
            assert mistral_local.workflows.find_by_id("w").execute().wait().success
        """
    )

    pytester.runpytest_subprocess().assert_outcomes(passed=2)
