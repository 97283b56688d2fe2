"""Closed lists of words; each value is what stands in JSON and in the store."""

from enum import StrEnum


class Kind(StrEnum):
    """How an article marks the words as somebody's."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Standing(StrEnum):
    """Whether the attribution holds."""

    ATTRIBUTED = "attributed"
    DISPUTED = "disputed"
    MISATTRIBUTED = "misattributed"
    RETRACTED = "retracted"


class Verification(StrEnum):
    """Whether the words occur in the article text that is held."""

    VERBATIM = "verbatim"
    TYPOGRAPHIC = "typographic"
    ABSENT = "absent"
    UNCHECKED = "unchecked"


class SpeakerKind(StrEnum):
    """What a speaker is; `unnamed` is known only by a role, `group` only as several."""

    PERSON = "person"
    ORGANIZATION = "organization"
    UNNAMED = "unnamed"
    GROUP = "group"


class OutletKind(StrEnum):
    """What sort of publisher an outlet is."""

    AGENCY = "agency"
    NEWSPAPER = "newspaper"
    BROADCASTER = "broadcaster"
    WEBSITE = "website"
    OTHER = "other"


class Sort(StrEnum):
    """In which order to list."""

    NEWEST = "newest"
    OLDEST = "oldest"
    RELEVANCE = "relevance"


class Facet(StrEnum):
    """By what to count."""

    SPEAKER = "speaker"
    OUTLET = "outlet"
    PUBLISHER = "publisher"
    KIND = "kind"
    YEAR = "year"
    MONTH = "month"


class Role(StrEnum):
    """What an API key may do, each role including those before it."""

    READER = "reader"
    RECORDER = "recorder"
    EDITOR = "editor"
    ADMIN = "admin"

    def includes(self, other: "Role") -> bool:
        """Tell whether this role may do what `other` may."""
        order = list(Role)
        return order.index(self) >= order.index(other)
