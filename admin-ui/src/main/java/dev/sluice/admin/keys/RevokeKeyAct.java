package dev.sluice.admin.keys;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.acts.Act;
import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.PageException;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.workers.Worker;
import dev.sluice.control.Actor;
import dev.sluice.control.KeyRing;
import dev.sluice.fleet.FleetSnapshot;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

public record RevokeKeyAct(KeyRing keys, Credentials credentials, String id) implements Act {

  private static final int MOST_LISTED = 25;

  @Override
  public Section section() {
    return Section.KEYS;
  }

  @Override
  public VisitorRole role() {
    return VisitorRole.ADMIN;
  }

  @Override
  public String verb() {
    return "revoke";
  }

  @Override
  public String object() {
    return id;
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    Key key = key(visit);
    List<Key> minted = minted(visit);
    List<Worker> workers = workers(visit, minted);
    return ActForm.of(
            "Revoke " + Formats.cut(key.name(), 80),
            visit.links().to("/keys/" + Links.encoded(id) + "/revoke"),
            "Revoke",
            visit.links().to(Section.KEYS.path()))
        .harms()
        .saying(
            "Key "
                + Formats.cut(id, 80)
                + " stops working now, on other nodes within 5 s. This cannot be undone.")
        .saying(
            minted.isEmpty()
                ? "It has minted no other key."
                : Formats.count(minted.size(), "key")
                    + " minted with it are revoked too: "
                    + names(minted))
        .saying(
            workers.isEmpty()
                ? "No worker is registered with it."
                : Formats.count(workers.size(), "worker")
                    + " registered with it: their calls are refused at once, and their "
                    + "sessions return when the leases expire.")
        .to(
            workers.stream()
                .limit(MOST_LISTED)
                .map(worker -> worker.registration().workerId())
                .map(worker -> new Ref(worker, visit.links().worker(worker)))
                .toList())
        .asking(Field.reason(typed.text(FormInput.REASON)))
        .curl(visit.server(), "DELETE", "/api/keys/" + Links.encoded(id) + "?reason=why", null);
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    String name = key(visit).name();
    int minted = minted(visit).size();
    if (!keys.revoke(actor, id)) {
      throw unknown(visit);
    }
    return ActResult.to(
        visit.links().to(Section.KEYS.path()),
        "Key "
            + Formats.cut(name, 80)
            + " is revoked"
            + (minted == 0 ? "." : ", and " + Formats.count(minted, "key") + " minted with it."));
  }

  private Key key(Visit visit) {
    return key(credentials, visit, id);
  }

  static Key key(Credentials credentials, Visit visit, String id) {
    return credentials.keys(visit.org()).stream()
        .filter(key -> key.id().equals(id))
        .findFirst()
        .orElseThrow(() -> unknown(visit));
  }

  private static PageException unknown(Visit visit) {
    return PageException.notFound(
        "No such key in this org, or it was revoked.",
        visit.links().to(Section.KEYS.path()),
        "Go to keys");
  }

  private List<Key> minted(Visit visit) {
    List<Key> all = credentials.keys(visit.org());
    List<String> family = Key.family(all, id);
    return all.stream().filter(key -> family.contains(key.id()) && !key.id().equals(id)).toList();
  }

  private static String names(List<Key> keys) {
    int more = keys.size() - MOST_LISTED;
    return keys.stream()
        .limit(MOST_LISTED)
        .map(key -> Formats.cut(key.name(), 80) + " (" + Formats.cut(key.id(), 80) + ")")
        .collect(Collectors.joining(", ", "", more > 0 ? ", and " + more + " more." : "."));
  }

  private List<Worker> workers(Visit visit, List<Key> minted) {
    Set<String> gone = minted.stream().map(Key::id).collect(Collectors.toSet());
    gone.add(id);
    FleetSnapshot fleet = visit.reading().fleet();
    return fleet == null
        ? List.of()
        : fleet.workers().stream()
            .filter(worker -> gone.contains(worker.registration().registeredBy()))
            .toList();
  }
}
