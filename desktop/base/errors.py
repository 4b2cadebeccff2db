"""The one exception whose words are meant for the person at the screen."""


class AppError(Exception):
    """Something the user can act on.

    `message` is one translated sentence; `hint`, where there is one, says what to do next; `field` names the field that
    is wrong, where one is. Anything else that is raised is a bug and is treated as one.
    """

    def __init__(self, message: str, hint: str = "", *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.field = field

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class StoppedError(AppError):
    """Nothing went wrong: the vault was locked meanwhile, or somebody stopped the work."""


class LockedError(StoppedError):
    """The vault is locked."""
