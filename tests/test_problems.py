from IPython.core.interactiveshell import InteractiveShell

from place_kit.problems import PlaceKitError


def test_in_a_notebook_the_sentence_is_shown_without_a_traceback(capsys):
    shell = InteractiveShell()
    shell.user_ns["Problem"] = PlaceKitError
    shell.run_cell("raise Problem('The folder is full. Make some room.')")
    said = capsys.readouterr()
    assert (said.out + said.err).strip() == "The folder is full. Make some room."
