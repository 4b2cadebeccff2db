"""What the matching and the lists of internships say, in words."""

from datetime import date

from desktop.base.dates.french import day_month, long_date, short_day_month
from desktop.base.dates.stored import stored_day
from desktop.base.i18n import _, language, ngettext
from desktop.models.choices import label
from desktop.queries.internships.lists import OfferRow, RequestRow
from desktop.queries.internships.matching import Match, Near


def reason_words(match: Match) -> str:
    """Why an offer and a search fit: same sector, 12 days in common, same zone, 2 places."""
    parts = [_("same sector") if match.same_domain else _("another sector")
             if match.same_domain is False else "",
             _("same level") if match.same_level else _("another level")
             if match.same_level is False else "",
             ngettext("{count} day in common", "{count} days in common", match.days)
             .format(count=match.days)
             if match.days else "",
             {Near.SAME_COMMUNE: _("same commune"), Near.SAME_ZONE: _("same zone")}
             .get(match.near, ""),
             ngettext("{count} place", "{count} places", match.free).format(count=match.free)]
    return " · ".join(part for part in parts if part)


def period_words(starts_on: str, ends_on: str) -> str:
    """Write « du 14 au 18 décembre 2026 »; what is not told is left out."""
    first, last = stored_day(starts_on), stored_day(ends_on)
    if first is None or last is None:
        return (_("from {day}").format(day=_long(first)) if first else
                _("until {day}").format(day=_long(last)) if last else "")
    if first == last:
        return _long(first)
    if (first.year, first.month) == (last.year, last.month):
        begins = "1er" if first.day == 1 and language() == "fr" else str(first.day)
    else:
        begins = day_month(first) if first.year == last.year else _long(first)
    return _("from {first} to {last}").format(first=begins, last=_long(last))


def short_period(starts_on: str, ends_on: str, today: date) -> str:
    """Write « 14–18 déc. », for a column; the year where it is neither this one nor the next."""
    days = [day for day in (stored_day(starts_on), stored_day(ends_on)) if day]
    if not days:
        return ""
    first, last = days[0], days[-1]
    year = "" if last.year in (today.year, today.year + 1) else f" {last.year}"
    if first == last:
        return " ".join(short_day_month(first)) + year
    (begins, month), (ends, last_month) = short_day_month(first), short_day_month(last)
    if month == last_month:
        return f"{begins}–{ends} {month}{year}"
    return f"{begins} {month} – {ends} {last_month}{year}"


def _long(day: date) -> str:
    return long_date(day, weekday=False)


def state_words(offer: OfferRow, today: date) -> tuple[str, str]:
    """Return the state of an offer and its tone: closed, over, full, or how many places are
    free."""
    if offer.closed:
        return _("closed"), "neutral"
    if offer.is_over(today):
        return _("over"), "neutral"
    if not offer.free:
        return _("full"), "warn"
    return ngettext("{count} free place", "{count} free places",
                    offer.free).format(count=offer.free), "ok"


def short_state(offer: OfferRow, today: date) -> tuple[str, str]:
    """Return the same for a column."""
    words, tone = state_words(offer, today)
    if tone == "ok":
        words = ngettext("{count} free", "{count} free", offer.free).format(count=offer.free)
    return words, tone


def offer_words(offer: OfferRow, today: date) -> str:
    """Return an offer in one line: who offers it, in what sector, when."""
    return " · ".join(part for part in (offer.organisation or _("Organisation not known"),
                                        label("internship_sector", offer.domain),
                                        short_period(offer.starts_on, offer.ends_on, today))
                      if part)


def search_words(search: RequestRow, today: date) -> str:
    """Return what a search looks for: sector, level, when."""
    return " · ".join(part for part in (label("internship_sector", search.domain),
                                        label("internship_level", search.level),
                                        short_period(search.starts_on, search.ends_on, today))
                      if part)
