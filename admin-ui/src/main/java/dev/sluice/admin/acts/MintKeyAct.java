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
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Makes a key for a producer or an operator's script. Its secret is shown on the page after. */
record MintKeyAct(KeyRing keys) implements Act {

  private static final String SCOPES = "scopes";

  @Override
  public Section section() {
    return Section.KEYS;
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
            "Mint a key",
            visit.links().to("/keys/mint"),
            "Mint",
            visit.links().to(Section.KEYS.path()))
        .saying("For a producer or a script. Its secret is shown once, on the next page.")
        .asking(KeyFields.name(typed))
        .asking(
            Field.boxes(SCOPES, "May", options(typed.all(SCOPES)))
                .hint("As little as it needs; keys:write lets it mint keys in turn."))
        .asking(KeyFields.projects(typed))
        .asking(KeyFields.expires(typed))
        .asking(Field.reason(typed.text(Typed.REASON)))
        .curl(
            CurlLine.of(
                visit.server(),
                "POST",
                "/api/keys",
                "{\"name\": \"a name\", \"type\": \"user\", \"scopes\": [\"work:write\"]}"));
  }

  @Override
  public Done perform(Visit visit, Actor actor, Typed typed) {
    KeyRing.Minted minted =
        KeyFields.mint(keys, actor, Key.Type.USER, typed, chosen(typed.all(SCOPES)), visit.now());
    return new Done.Shows(
        new Content(
            Section.KEYS,
            "Key minted",
            "minted",
            MintedView.user(minted, visit.server(), visit.links())));
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
      case WORK_READ -> "work:read (see prompts and what agents say; audited)";
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
              .orElseThrow(() -> new FieldProblem(SCOPES, "must be some of the list")));
    }
    if (scopes.isEmpty()) {
      throw new FieldProblem(SCOPES, "must be one at least");
    }
    return scopes;
  }
}
