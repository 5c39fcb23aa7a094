package dev.sluice.admin.keys;

import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.ActorText;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@Path("admin/keys")
public record KeysPage(Shell shell, Credentials credentials) {

  public record View(ActButton.Menu acts, Rows<Row> table) {}

  /**
   * @param mintedBy null for configured keys
   * @param expires null for never
   */
  public record Row(
      Ref id,
      String name,
      String type,
      String scopes,
      String projects,
      @Nullable TimeText created,
      @Nullable ActorText mintedBy,
      @Nullable TimeText expires,
      @Nullable TimeText lastUsed,
      ActButton revoke) {}

  @GET
  public Response page(@Context ContainerRequestContext request) {
    return shell.answer(
        request, Section.KEYS, visit -> Content.of(Section.KEYS, "keys", view(visit)));
  }

  private View view(Visit visit) {
    Map<String, Long> uses = credentials.lastUses(visit.org());
    return new View(
        ActButton.menu(
            List.of(
                ActButton.form("Mint a key", visit.links().to("/keys/mint")),
                ActButton.form("Add a worker", visit.links().to("/add-worker")))),
        new Rows<>(
            credentials.keys(visit.org()).stream()
                .map(key -> row(key, uses.get(key.id()), visit))
                .toList()));
  }

  private static Row row(Key key, @Nullable Long lastUse, Visit visit) {
    return new Row(
        new Ref(key.id(), key.type() == Key.Type.USER ? null : visit.links().joined(key.id())),
        key.name(),
        key.type() == Key.Type.USER ? "user" : "worker registration",
        key.scopes().stream().sorted().map(Scope::wire).collect(Collectors.joining(", ")),
        key.projects().isEmpty() ? "all" : Formats.cut(String.join(", ", key.projects()), 500),
        TimeText.of(key.createdAt(), visit.now()),
        key.mintedBy() == null ? null : ActorText.of(key.mintedBy()),
        time(key.expiresAt(), visit.now()),
        time(lastUse, visit.now()),
        ActButton.harm("Revoke", visit.links().to("/keys/" + Links.encoded(key.id()) + "/revoke")));
  }

  private static @Nullable TimeText time(@Nullable Long ms, long now) {
    return ms == null ? null : TimeText.of(ms, now);
  }
}
