package dev.sluice.admin.acts;

import dev.sluice.admin.view.Field;
import dev.sluice.backend.Key;
import dev.sluice.backend.Names;
import dev.sluice.backend.Scope;
import dev.sluice.control.Actor;
import dev.sluice.control.KeyRing;
import java.util.List;
import java.util.Set;

/** What forms that mint a key have in common. */
final class KeyFields {

  private static final String NAME = "name";
  private static final String PROJECTS = "projects";
  private static final String EXPIRES = "expires";

  private KeyFields() {}

  static Field name(Typed typed) {
    return Field.text(NAME, "Name", typed.text(NAME))
        .hint("What it is for, to know it again in the list.")
        .needed();
  }

  static Field projects(Typed typed) {
    return Field.lines(PROJECTS, "Projects", typed.lines(PROJECTS))
        .hint("One a line: it acts for these alone. Empty for all of the org.");
  }

  static Field expires(Typed typed) {
    return Field.text(EXPIRES, "Expires", typed.text(EXPIRES))
        .hint(
            "A duration like 30d or 12h, or a time in UTC like 2026-12-24 18:00. Empty for never."
                + " Then it is revoked, with its workers and the keys that it minted.");
  }

  /**
   * Makes the key that the fields describe.
   *
   * @throws FieldProblem for a field that can't be, and where the org has too many keys
   */
  static KeyRing.Minted mint(
      KeyRing keys, Actor actor, Key.Type type, Typed typed, Set<Scope> scopes, long now) {
    String name = checked(NAME, typed.required(NAME));
    List<String> projects =
        typed.lines(PROJECTS).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (projects.size() > KeyRing.MAX_PROJECTS) {
      throw new FieldProblem(PROJECTS, "must be at most " + KeyRing.MAX_PROJECTS);
    }
    projects.forEach(project -> checked(PROJECTS, project));
    Long expiresAt = UtcTime.end(typed, EXPIRES, now);
    return keys.mint(actor, type, name, scopes, projects, expiresAt)
        .orElseThrow(
            () ->
                new FieldProblem(
                    NAME,
                    "can't be given: the org has "
                        + KeyRing.MAX_KEYS
                        + " keys; revoke some first"));
  }

  private static String checked(String field, String name) {
    String problem = Names.problem(name);
    if (problem != null) {
      throw new FieldProblem(field, problem);
    }
    return name;
  }
}
