"""The column that holds a translatable text."""

from typing import Any

from sqlalchemy import JSON, TypeDecorator
from sqlalchemy.orm import Mapped, mapped_column

from registry.texts.translated import Translated


class TranslatedText(TypeDecorator[Translated]):
    """A `Translated`, stored as JSON; an empty one is stored as {}."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Translated | None, dialect: Any) -> Any:
        return (value or Translated()).to_json()

    def process_result_value(self, value: Any, dialect: Any) -> Translated:
        return Translated.from_json(value or {})


def translated_column(*, deferred: bool = False) -> Mapped[Translated]:
    return mapped_column(TranslatedText, default=Translated, server_default="{}", deferred=deferred)
