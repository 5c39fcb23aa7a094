package dev.sluice.admin.keys;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.acts.Act;
import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.acts.FormTime;
import dev.sluice.admin.acts.InvalidFieldException;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.Names;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.control.Actor;
import dev.sluice.control.KeyRing;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

public record MintKeyAct(KeyRing keys, Key.Type type) implements Act {

  private static final String NAME = "name";
  private static final String SCOPES = "scopes";
  private static final String PROJECTS = "projects";
  private static final String EXPIRES = "expires";

  private boolean ofUser() {
    return type == Key.Type.USER;
  }

  @Override
  public Section section() {
    return ofUser() ? Section.KEYS : Section.WORKERS;
  }

  @Override
  public VisitorRole role() {
    return VisitorRole.ADMIN;
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
  public ActForm form(Visit visit, FormInput typed) {
    ActForm named = blank(visit).asking(name(typed));
    return (ofUser() ? named.asking(scopes(typed)) : named)
        .asking(projects(typed))
        .asking(expires(typed, visit.now()))
        .asking(Field.reason(typed.text(FormInput.REASON)))
        .curl(
            visit.server(),
            "POST",
            "/api/keys",
            ofUser()
                ? "{\"name\": \"a name\", \"type\": \"user\", \"scopes\": [\"work:write\"]}"
                : "{\"name\": \"a name\", \"type\": \"worker-registration\"}");
  }

  private ActForm blank(Visit visit) {
    String back = visit.links().to(section().path());
    return ofUser()
        ? ActForm.of("Mint a key", visit.links().to("/keys/mint"), "Mint", back)
            .saying("For a producer or a script. The next page shows the secret once.")
        : ActForm.of("Add a worker", visit.links().to("/add-worker"), "Mint its key", back)
            .saying(
                "Mints a key for workers to register with. The next page shows the "
                    + "commands for the worker's machine. One key may register many workers.");
  }

  private static Field name(FormInput typed) {
    return Field.text(NAME, "Name", typed.text(NAME)).hint("Shown in the list of keys.").needed();
  }

  private static Field scopes(FormInput typed) {
    return Field.boxes(SCOPES, "Scopes", options(typed.all(SCOPES)))
        .hint("Grant as little as it needs. keys:write allows it to mint keys.");
  }

  private static Field projects(FormInput typed) {
    return Field.lines(PROJECTS, "Projects", typed.lines(PROJECTS))
        .hint("One a line. Empty for all projects.");
  }

  private static Field expires(FormInput typed, long now) {
    return FormTime.field(EXPIRES, "Expires", typed, now)
        .hint(
            "A duration like 30d or 12h, or a time like 2026-12-24 18:00. "
                + "Empty for never. At that time it is revoked, with its workers and the "
                + "keys it minted.");
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    Set<Scope> scopes = ofUser() ? chosen(typed.all(SCOPES)) : Set.of(Scope.WORKER_REGISTER);
    KeyRing.Minted minted = mint(actor, typed, scopes, visit.now());
    return new ActResult.Shows(
        ofUser()
            ? shown("Key minted", MintedView.user(minted, visit))
            : shown("Add a worker", MintedView.registration(minted, visit)));
  }

  private Content shown(String title, MintedView minted) {
    return new Content(section(), title, "minted", minted);
  }

  private KeyRing.Minted mint(Actor actor, FormInput typed, Set<Scope> scopes, long now) {
    String name = checked(NAME, typed.required(NAME));
    List<String> projects =
        typed.lines(PROJECTS).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (projects.size() > KeyRing.MAX_PROJECTS) {
      throw new InvalidFieldException(PROJECTS, "must be at most " + KeyRing.MAX_PROJECTS);
    }
    projects.forEach(project -> checked(PROJECTS, project));
    Long expiresAt = FormTime.end(typed, EXPIRES, now);
    return keys.mint(actor, type, name, scopes, projects, expiresAt)
        .orElseThrow(
            () ->
                new InvalidFieldException(
                    NAME,
                    "cannot be used: the org has "
                        + KeyRing.MAX_KEYS
                        + " keys; revoke some first"));
  }

  private static String checked(String field, String name) {
    String problem = Names.problem(name);
    if (problem != null) {
      throw new InvalidFieldException(field, problem);
    }
    return name;
  }

  private static List<Field.Option> options(List<String> chosen) {
    return Arrays.stream(Scope.values())
        .map(scope -> new Field.Option(scope.wire(), words(scope), chosen.contains(scope.wire())))
        .toList();
  }

  private static String words(Scope scope) {
    return switch (scope) {
      case WORKER_REGISTER -> "worker:register (register workers)";
      case WORK_WRITE -> "work:write (enqueue, message, cancel)";
      case WORK_READ -> "work:read (see prompts and activity; audited)";
      case FLEET_READ -> "fleet:read (see queues, workers, sessions)";
      case FLEET_WRITE -> "fleet:write (pause, drain, stop, requeue)";
      case KEYS_WRITE -> "keys:write (mint and revoke keys)";
    };
  }

  private static Set<Scope> chosen(List<String> wanted) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String each : wanted) {
      scopes.add(
          Arrays.stream(Scope.values())
              .filter(scope -> scope.wire().equals(each))
              .findFirst()
              .orElseThrow(() -> new InvalidFieldException(SCOPES, "must be from the list")));
    }
    if (scopes.isEmpty()) {
      throw new InvalidFieldException(SCOPES, "must be at least one");
    }
    return scopes;
  }
}
