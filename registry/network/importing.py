"""The pages of an import: a table is brought, looked at row by row, and taken in.

What differs between imports is given: how a file is tried and taken in, and what its pages say.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import (
    Blueprint,
    after_this_request,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.core.editing import Outcome, attempt
from registry.core.errors import Invalid
from registry.core.listing import Listing, one_of, page_number
from registry.core.web import large_body, writes
from registry.exchange.sheets import waiting
from registry.network.queries import region_of

PER_PAGE = 50
VERDICTS = {
    "new": _l("new"),
    "changed": _l("changed"),
    "unchanged": _l("unchanged"),
    "rejected": _l("rejected"),
}


@dataclass(frozen=True)
class Import:
    """One kind of import. `what` names it in addresses and templates, `back` is where it leads.

    `try_file` and `take_in` are its services; `facts` is what its templates need besides.
    """

    what: str
    back: str
    try_file: Callable[[Who, str, Path], list[Any]]
    take_in: Callable[[Who, str, Path], Counter[str]]
    facts: Callable[[], Mapping[str, Any]]

    def add_to(self, pages: Blueprint) -> None:
        """Give a blueprint the pages of this import."""
        address = f"/<lang>/office/network/{self.what}/import"
        pages.get(address, endpoint="start")(self._start)
        pages.post(address, endpoint="upload")(self._upload)
        pages.get(f"{address}/<uuid:uuid>", endpoint="show")(self._show)
        pages.post(f"{address}/<uuid:uuid>/apply", endpoint="apply")(self._apply)
        pages.post(f"{address}/<uuid:uuid>/discard", endpoint="discard")(self._discard)

    def _start(self, lang: str) -> Any:
        allowed_region()
        return self._first()

    @writes
    @large_body
    def _upload(self, lang: str) -> Any:
        region = allowed_region()
        outcome = attempt(lambda: self._kept(region))
        if outcome.saved:
            return redirect(url_for(".show", lang=lang, uuid=outcome.saved))
        return self._first(outcome), outcome.status

    def _show(self, lang: str, uuid: UUID) -> Any:
        """Say of each row of a file what it would do, as the register stands now."""
        region = allowed_region()
        path, about = waiting.find(who(), self.what, uuid)
        plans = self.try_file(who(), region, path)
        verdict, page = one_of("verdict", tuple(VERDICTS)), page_number()
        chosen = [each for each in plans if verdict in ("", each.verdict)]
        shown = chosen[(page - 1) * PER_PAGE : page * PER_PAGE]
        return render_template(
            f"network/{self.what}/importing/file.html",
            listing=Listing(".show", shown, len(chosen), page, PER_PAGE),
            name=about["name"],
            uuid=uuid,
            counts=Counter(each.verdict for each in plans),
            verdict=verdict,
            verdicts=VERDICTS,
            **self.facts(),
        )

    @writes
    def _apply(self, lang: str, uuid: UUID) -> Any:
        region = allowed_region()
        path, _about = waiting.find(who(), self.what, uuid)
        counts = self.take_in(who(), region, path)

        @after_this_request
        def forget(response: Any) -> Any:
            if response.status_code < 400:
                waiting.remove(self.what, uuid)
            return response

        rows = counts["new"] + counts["changed"]
        flash(ngettext("%(num)s row imported.", "%(num)s rows imported.", rows), "success")
        return redirect(url_for(self.back, lang=lang))

    @writes
    def _discard(self, lang: str, uuid: UUID) -> Any:
        allowed_region()
        waiting.find(who(), self.what, uuid)
        waiting.remove(self.what, uuid)
        flash(_("The file has been removed."), "success")
        return redirect(url_for(".start", lang=lang))

    def _kept(self, region: str) -> UUID:
        """Keep the file of this request if it can be read at all."""
        file, text, asking = request.files.get("file"), request.form.get("text", "").strip(), who()
        if file and file.filename:
            found = waiting.keep(asking, self.what, file.stream, file.filename)
        elif text:
            pasted = BytesIO(text.encode("utf-8", "replace"))
            found = waiting.keep(asking, self.what, pasted, _("pasted table"))
        else:
            raise Invalid({"file": [_("Please choose a file or paste a table.")]})
        try:
            self.try_file(asking, region, waiting.find(asking, self.what, found)[0])
        except Invalid:
            waiting.remove(self.what, found)
            raise
        return found

    def _first(self, outcome: Outcome | None = None) -> str:
        return render_template(
            f"network/{self.what}/importing/start.html",
            errors=outcome.errors if outcome else {},
            text=request.form.get("text", ""),
            **self.facts(),
        )


def allowed_region() -> str:
    """Return the region into which this person may import."""
    region = region_of(who())
    require(who(), Permission.NETWORK_EDIT, In(region) if region else None)
    return region
