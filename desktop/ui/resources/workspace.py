"""Ressources: tools, speakers, documents, places that the members share."""

from desktop.base.i18n import _, language
from desktop.models.choices import label as choice_label
from desktop.queries.directory import terms_of
from desktop.queries.resources import ResourceRow, resources_of
from desktop.ui.records import options
from desktop.ui.records.register import REGISTER_KEYS, RegisterPlan
from desktop.ui.records.sheet import Fact, Sheet
from desktop.ui.records.tabs import RegistersWorkspace
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.fields.form import Entry
from desktop.ui.widgets.lists.columns import Column


class ResourcesWorkspace(RegistersWorkspace):
    """The screen of resources."""

    name = "resources"
    icon = "library"
    areas = frozenset({"resources", "directory"})
    keys = REGISTER_KEYS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Resources"), (RegisterPlan(
            kind="resource", name=_("Resources"), icon="library",
            columns=(Column[ResourceRow](_("Title"), lambda row: row.title, strong=True),
                     Column[ResourceRow](_("Kind"), lambda row: choice_label("resource_kind", row.kind),
                                         tone=lambda row: "neutral", width=150),
                     Column[ResourceRow](_("Held by"), lambda row: row.organisation, width=200)),
            rows=resources_of, sheet=self._sheet,
            entries=lambda: [
                Entry("title", _("Title"), required=True, wide=True),
                Entry("kind", _("Kind"), "choice", lambda: options.fixed("resource_kind"), required=True),
                Entry("organisation_id", _("Held by"), "choice", lambda: options.organisations(desk)),
                Entry("description", _("Description"), "lines"), Entry("access", _("How to get it"), wide=True),
                Entry("domains", _("Domains"), "choices", lambda: options.terms(desk, "domains"))],
            new_label=_("New resource"), empty_title=_("No resource yet"),
            empty_text=_("What a member can borrow, invite, read or visit.")),))

    def _sheet(self, row: ResourceRow) -> Sheet:
        names = {term.code: term.label(language()) for term in self.desk.vault.ask(terms_of, "domains")}
        rating = _("{count} of 5").format(count=row.rating) if row.rating else ""
        return Sheet(row.title, row.organisation, ((choice_label("resource_kind", row.kind), "accent"),),
                     (Fact(_("Description"), row.description), Fact(_("How to get it"), row.access),
                      Fact(_("Domains"), ", ".join(names.get(code, code) for code in row.domains)),
                      Fact(_("Rating by use"), rating)))
