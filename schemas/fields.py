"""Field types of our own: what a name, a partial date, a web address or a reference to another record looks like."""

import datetime
import re
import unicodedata
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlsplit

from marshmallow import ValidationError, fields, validate

_API = "api/v1/"

#: Where the API is reached, ending in a slash; the addresses in answers start with it. Set for each request.
base_url: ContextVar[str] = ContextVar("base_url", default=f"/{_API}")

#: Control characters that are no white space, and halves of surrogate pairs.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")

#: An address in which nothing can be wrong.
_PLAIN_ADDRESS = re.compile("https?://[a-z0-9]+(?:[.-][a-z0-9]+)*(?:/[A-Za-z0-9._~/-]*)?")

NAME_LENGTH = 200
URL_LENGTH = 2048


def site() -> str:
    """Give where the service is reached, ending in a slash."""
    return base_url.get().removesuffix(_API)


class Text(fields.String):
    """A string that every store can hold: no NUL, no lone surrogate, no other control character than white space.

    Surrounding white space is dropped, unless `strip` is false; what is left must not be empty.
    """

    def __init__(self, *, max: int, strip: bool = True, **kwargs: Any) -> None:
        """Limit the length to `max` code points."""
        self.strip = strip
        validators = [validate.Length(min=1, max=max), *_as_list(kwargs.pop("validate", None))]
        super().__init__(validate=validators, **kwargs)
        #: The longest value that may be plain.
        self._plain = max if type(self) in (Name, Words) and strip and len(validators) == 1 else 0

    def deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        """Load a value; where plain ASCII leaves nothing to look for, at once: an import loads some in each row."""
        return value if self._is_plain(value) else super().deserialize(value, *args, **kwargs)

    def _is_plain(self, value: Any) -> bool:
        """Tell whether a value is valid as it stands: a quick look, which says no where it might be."""
        return (
            type(value) is str
            and len(value) <= self._plain
            and value.isascii()
            and value.isprintable()
            and value[:1].isalnum()
            and value[-1] != " "
            and "  " not in value
        )

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if found := _NO_TEXT.search(text):
            raise ValidationError(f"Holds a character that no text has: U+{ord(found[0]):04X}.")
        return text.strip() if self.strip else text


class Name(Text):
    """A name or another short label on one line: white space inside it is single spaces."""

    def __init__(self, *, max: int = NAME_LENGTH, **kwargs: Any) -> None:
        """Limit the length to `max` code points."""
        super().__init__(max=max, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        return " ".join(super()._deserialize(value, attr, data, **kwargs).split())

    def _validate(self, value: str) -> None:
        super()._validate(value)
        if all(unicodedata.category(char)[0] in "CZ" for char in value):
            raise ValidationError("Has nothing that can be seen.")


class Words(Text):
    """Text that has at least one letter or digit."""

    def _validate(self, value: str) -> None:
        super()._validate(value)
        if not any(unicodedata.category(char)[0] in "LN" for char in value):
            raise ValidationError("Has no words.")


class Code(Name):
    """A string of a fixed pattern; `says` completes the sentence that begins with "Must be"."""

    def __init__(self, pattern: str, says: str, *, max: int = NAME_LENGTH, **kwargs: Any) -> None:
        """Accept what matches `pattern` from end to end."""
        error = f"Must be {says}."
        super().__init__(max=max, validate=validate.Regexp(rf"^(?:{pattern})\Z", error=error), **kwargs)
        self.metadata = {"pattern": f"^(?:{pattern})$", **self.metadata}


def slug(**kwargs: Any) -> Code:
    """Make a field for the readable part of a speaker's or outlet's address."""
    return Code("[a-z0-9]+(?:-[a-z0-9]+)*", "lower-case letters and digits joined by hyphens", **kwargs)


def wikidata(**kwargs: Any) -> Code:
    """Make a field for a Wikidata item."""
    return Code("Q[1-9][0-9]{0,18}", "a Wikidata item such as Q42", **kwargs)


def language(**kwargs: Any) -> Code:
    """Make a field for a language tag (BCP 47; RFC 5646, section 2.1, without the grandfathered tags)."""
    pattern = "[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?(?:-[A-Za-z0-9]{4,8}){0,4}"
    return Code(pattern, "a language tag such as en or pt-BR", max=60, **kwargs)


def country(**kwargs: Any) -> Code:
    """Make a field for a country (ISO 3166-1 alpha-2)."""
    return Code("[A-Z]{2}", "a two-letter country code such as KR", **kwargs)


class OneOf(fields.String):
    """One word of a closed list: the plain string that a row holds, which `fields.Enum` could not dump."""

    def __init__(self, words: Any, **kwargs: Any) -> None:
        """Accept the values of the enumeration `words`."""
        values = [str(word) for word in words]
        super().__init__(validate=validate.OneOf(values, error="Must be one of: {choices}."), **kwargs)


class PartialDate(fields.String):
    """A date with its day and month left out where they are not known: 2024, 2024-02 or 2024-02-18."""

    default_error_messages = {"format": "Must be a date such as 2024-02-18, 2024-02 or 2024.", "none": "No such date."}

    def __init__(self, **kwargs: Any) -> None:
        """Document the pattern."""
        super().__init__(**kwargs)
        self.metadata = {"pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", **self.metadata}

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
            raise self.make_error("format")
        try:
            datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :])
        except ValueError as error:
            raise self.make_error("none") from error
        return text


class WebAddress(Text):
    """An http or https URL with a host and without a name or password in it (RFC 3986)."""

    def __init__(self, **kwargs: Any) -> None:
        """Document the format."""
        super().__init__(max=URL_LENGTH, **kwargs)
        self.metadata = {"format": "uri", **self.metadata}

    def _is_plain(self, value: Any) -> bool:
        return type(value) is str and len(value) <= URL_LENGTH and bool(_PLAIN_ADDRESS.fullmatch(value))

    def _validate(self, value: str) -> None:
        super()._validate(value)
        if any(char.isspace() for char in value):
            raise ValidationError("Must not have white space in it.")
        try:
            parts = urlsplit(value)
            host, _ = parts.hostname, parts.port
        except ValueError as error:
            raise ValidationError("Is not a web address.") from error
        if parts.scheme.lower() not in ("http", "https") or not host:
            raise ValidationError("Must be a whole web address, starting with http:// or https://.")
        if "@" in parts.netloc:
            raise ValidationError("Must not have a user name or password in it.")
        if not re.fullmatch(r"[^\x00-\x20\"<>\\^`{|}%]+|\[[0-9a-fA-F:.]+\]", host) or ".." in host:
            raise ValidationError("Has no valid host name.")


class IdOrAddress(Name):
    """A record's id, or the web address it is at."""

    def __init__(self, **kwargs: Any) -> None:
        """Allow for a whole address."""
        super().__init__(max=URL_LENGTH, **kwargs)

    def _validate(self, value: str) -> None:
        super()._validate(value)
        if "://" in value:
            WebAddress()._validate(value)


def aliases(**kwargs: Any) -> fields.List:
    """Make a field for other names of one record."""
    return fields.List(Name(), validate=validate.Length(max=100), **kwargs)


class Reference(fields.Nested):
    """A record named in another one: an object, or a string that names it (kept under the key `ref`)."""

    def __init__(self, nested: Any, *, says: str, string: Name | None = None, **kwargs: Any) -> None:
        """Accept `nested` or a `string` (a name unless told otherwise); `says` tells what the string may be."""
        super().__init__(nested, **kwargs)
        self.says = says
        self.string = string or Name()

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(value, str):
            return {"ref": self.string.deserialize(value)}
        if not isinstance(value, Mapping):
            raise ValidationError(f"Must be an object, or {self.says}.")
        return super()._deserialize(value, *args, **kwargs)


class Address(fields.String):
    """Where the API gives a record: `collection`/`key`, the key read from the record. Only for answers."""

    def __init__(self, collection: str, **kwargs: Any) -> None:
        """Build addresses below `collection`."""
        super().__init__(dump_only=True, **kwargs)
        self.collection = collection
        self.metadata = {"format": "uri", **self.metadata}

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str:
        return f"{base_url.get()}{self.collection}/{value}"


def moment(**kwargs: Any) -> fields.String:
    """Make a field for a moment in UTC (RFC 3339), which rows hold just as it is printed. Only for answers."""
    return fields.String(dump_only=True, metadata={"format": "date-time"}, **kwargs)


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
