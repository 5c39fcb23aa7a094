package dev.sluice.admin.sessions;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.backend.sessions.Session;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The enqueued item, which may contain secrets.
 *
 * @param text null until an admin asks
 * @param show address that shows it; null unless an admin may ask
 */
public record RawItem(String size, @Nullable String text, @Nullable String show) {

  private static final int MOST = 64 * 1024;

  public boolean masked() {
    return text == null && show == null;
  }

  static RawItem of(Session session, VisitorRole role, boolean asked, Links links) {
    String size = Formats.bytes(session.item().getBytes(StandardCharsets.UTF_8).length);
    if (!role.includes(VisitorRole.ADMIN)) {
      return new RawItem(size, null, null);
    }
    return asked
        ? new RawItem(size, Formats.cut(session.item(), MOST), null)
        : new RawItem(size, null, links.session(session.id(), "item", "show") + "#item");
  }
}
