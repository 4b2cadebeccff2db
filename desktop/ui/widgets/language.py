"""The reader's language: our words, those of Qt's own dialogs and menus, and how numbers stand."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from desktop.base.i18n import N_, _, set_language

LACKING = {"Page &Set:": N_("Pages printed:")}
"""What the French that Qt 6.11 ships has no words for."""


class WordsOfQt(QTranslator):
    """The words that Qt ships for its own dialogs and menus.

    Qt 6.11 asks for "&Look in:" and "Files of &type:", and its French has these without the key.
    """

    def __init__(self, app: QCoreApplication, language: str) -> None:
        super().__init__(app)
        self.spoken = language

    def translate(self, context: str, source: str, disambiguation: str | None = None,
                  n: int = -1) -> str:
        words = super().translate(context, source, disambiguation, n)
        if not words and "&" in source:
            words = super().translate(context, source.replace("&", ""), disambiguation, n)
        # No words at all would be shown as they are: an empty button.
        return words or (_(LACKING[source]) if source in LACKING else source)


def speak(language: str) -> None:
    """Speak `language` in the whole window from now on; what is shown already keeps its words."""
    set_language(language)
    QLocale.setDefault(QLocale(language))
    app = QCoreApplication.instance()
    if app is None:
        return
    for words in app.findChildren(WordsOfQt):
        if words.spoken == language:
            return
        QCoreApplication.removeTranslator(words)
        words.setParent(None)
    words = WordsOfQt(app, language)
    # Qt's own English stands in its code: there is no file of it.
    if words.load("qtbase_" + language,
                  QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        QCoreApplication.installTranslator(words)
