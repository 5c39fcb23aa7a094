package dev.sluice.admin.acts;

import dev.sluice.admin.Role;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.CurlLine;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.MintedView;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.Key;
import dev.sluice.backend.Scope;
import dev.sluice.control.Actor;
import dev.sluice.control.KeyRing;
import java.util.Set;

/** Mints a key that registers workers, and shows how a worker starts with it. */
record AddWorkerAct(KeyRing keys) implements Act {

  @Override
  public Section section() {
    return Section.WORKERS;
  }

  @Override
  public Role role() {
    return Role.ADMIN;
  }

  @Override
  public String verb() {
    return "mint";
  }

  @Override
  public String object() {
    return "keys";
  }

  @Override
  public ActForm form(Visit visit, Typed typed) {
    return ActForm.of(
            "Add a worker",
            visit.links().to("/add-worker"),
            "Mint its key",
            visit.links().to(Section.WORKERS.path()))
        .saying(
            "A worker registers with a key of its kind. This mints one, and shows on the next page"
                + " what to run on the worker's machine. One key may register many workers.")
        .asking(KeyFields.name(typed))
        .asking(KeyFields.projects(typed))
        .asking(KeyFields.expires(typed))
        .asking(Field.reason(typed.text(Typed.REASON)))
        .curl(
            CurlLine.of(
                visit.server(),
                "POST",
                "/api/keys",
                "{\"name\": \"a name\", \"type\": \"worker-registration\"}"));
  }

  @Override
  public Done perform(Visit visit, Actor actor, Typed typed) {
    KeyRing.Minted minted =
        KeyFields.mint(
            keys,
            actor,
            Key.Type.WORKER_REGISTRATION,
            typed,
            Set.of(Scope.WORKER_REGISTER),
            visit.now());
    return new Done.Shows(
        new Content(
            Section.WORKERS,
            "Add a worker",
            "minted",
            MintedView.registration(minted, visit.server(), visit.links())));
  }
}
