"""`make fast` runs the tests beside a change, and no slow ones."""

from tests.kit.touched import tests_beside as beside


def test_a_changed_source_file_means_the_tests_of_its_folder():
    assert beside(["backend/foundation/database/migrate.py"]) == ["tests/foundation/database"]
    assert beside(["backend/foundation/kernel/clock.py", "backend/foundation/kernel/ids.py"]) == [
        "tests/foundation/kernel"
    ]


def test_a_changed_test_means_itself_and_its_surroundings_mean_its_folder():
    assert beside(["tests/kit/test_touched.py"]) == ["tests/kit/test_touched.py"]
    assert beside(["tests/foundation/database/places.py"]) == ["tests/foundation/database"]


def test_words_and_slow_tests_are_left_out():
    assert beside(["README.md", "pwa/src/main.ts", "tests/browser/test_x.py"]) == []
