"""Marks on sentences that people will read, so that the catalogue of translations finds them.

The domain speaks Vietnamese and knows no translation machinery: it marks, the doors translate.
"""


def gettext_noop(sentence: str) -> str:
    """Mark `sentence` (Vietnamese) for the translation catalogue and return it unchanged."""
    return sentence
