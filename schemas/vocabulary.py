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


class Verdict(StrEnum):
    """Whether a quotation is on record as it is claimed."""

    CONFIRMED = "confirmed"
    DIFFERS = "differs"
    MISATTRIBUTED = "misattributed"
    NOT_ON_RECORD = "not_on_record"


class Wording(StrEnum):
    """How claimed words relate to recorded ones, the nearest first."""

    VERBATIM = "verbatim"
    TYPOGRAPHIC = "typographic"
    TRIMMED = "trimmed"
    ELIDED = "elided"
    ALTERED = "altered"
    SPLICED = "spliced"
    NONE = "none"


class Agreement(StrEnum):
    """Whether a detail that was asked about is the one on record."""

    SAME = "same"
    OTHER = "other"
    NOT_ASKED = "not_asked"
