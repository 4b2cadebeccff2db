"""The one exception whose words are meant for the person at the screen."""


class AppError(Exception):
    """Something the user can act on.

    `message` is one translated sentence; `hint`, where there is one, says what to do next; `fields`
    names the fields that are wrong, where some are, and `field` the first of them. Anything else
    that is raised is a bug and is treated as one.
    """

    def __init__(self, message: str, hint: str = "", *, field: str = "",
                 fields: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.fields = fields or ((field,) if field else ())
        self.field = self.fields[0] if self.fields else ""

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class StoppedError(AppError):
    """Nothing went wrong: the vault was locked meanwhile, or somebody stopped the work."""


class LockedError(StoppedError):
    """The vault is locked."""
