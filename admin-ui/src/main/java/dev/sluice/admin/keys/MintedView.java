package dev.sluice.admin.keys;

import dev.sluice.admin.view.CurlLine;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Visit;
import dev.sluice.control.KeyRing;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The only page that shows the key's secret.
 *
 * @param expires null for never
 * @param joined null for a user's key
 */
public record MintedView(
    String name,
    Ref id,
    String secret,
    @Nullable String expires,
    List<Step> steps,
    @Nullable JoinedView joined,
    Next next) {

  public record Step(String says, String code) {}

  public record Next(String link, String words) {}

  public static MintedView user(KeyRing.Minted minted, Visit visit) {
    return of(
        minted,
        List.of(
            new Step(
                "Try it:",
                "export SLUICE_API_KEY="
                    + minted.secret()
                    + "\ncurl -sS "
                    + base(visit.server())
                    + "/api/queues -H \"Authorization: Bearer $SLUICE_API_KEY\"")),
        null,
        new Next(visit.links().to(Section.KEYS.path()), "Go to keys"));
  }

  public static MintedView registration(KeyRing.Minted minted, Visit visit) {
    return of(
        minted,
        List.of(
            new Step(
                "On the worker's machine. Workers of the AgentFactory protocol need the same two"
                    + " settings: the server's address, and the key as registration token.",
                "export SLUICE_URL="
                    + address(visit.server())
                    + "\nexport SLUICE_REGISTRATION_TOKEN="
                    + minted.secret()),
            new Step(
                "To try it by hand, register:",
                "WORKER=$(curl -sS $SLUICE_URL/api/workers/register \\\n"
                    + "  -H \"Authorization: Bearer $SLUICE_REGISTRATION_TOKEN\" \\\n"
                    + "  -H 'Content-Type: application/json' \\\n"
                    + "  -d '{\"hostname\":\"'$(hostname)'\",\"capacity\":2}' \\\n"
                    + "  | sed 's/.*\"workerId\":\"\\([^\"]*\\)\".*/\\1/')"),
            new Step(
                "Then poll for work, for up to 25 s:",
                "curl -sS \"$SLUICE_URL/api/workers/$WORKER/poll?wait=25\" \\\n"
                    + "  -H \"Authorization: Bearer $SLUICE_REGISTRATION_TOKEN\"")),
        JoinedView.of(minted.key().id(), visit),
        new Next(visit.links().to(Section.WORKERS.path()), "Go to workers"));
  }

  private static MintedView of(
      KeyRing.Minted minted, List<Step> steps, @Nullable JoinedView joined, Next next) {
    return new MintedView(
        Formats.cut(minted.key().name(), 80),
        new Ref(minted.key().id(), null),
        minted.secret(),
        minted.key().expiresAt() == null ? null : Formats.exact(minted.key().expiresAt()),
        steps,
        joined,
        next);
  }

  private static String address(URI server) {
    return server.equals(CurlLine.VARIABLE) ? "ADDRESS_OF_THIS_SERVER" : base(server);
  }

  private static String base(URI server) {
    return server.toString().replaceAll("/+$", "");
  }

  @Override
  public String toString() {
    return "MintedView[" + id.name() + "]";
  }
}
