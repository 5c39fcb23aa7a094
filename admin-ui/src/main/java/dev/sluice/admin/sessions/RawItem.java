package dev.sluice.admin.sessions;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.backend.sessions.Session;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The item as its producer sent it, which may hold secrets.
 *
 * @param size how large it is
 * @param text the item, cut where it is long; null until an admin asks for it
 * @param show where an admin asks for it; null for all others and once it is shown
 */
public record RawItem(String size, @Nullable String text, @Nullable String show) {

  private static final int MOST = 64 * 1024;

  /** Whether only admins may see it, and this visitor is none. */
  public boolean masked() {
    return text == null && show == null;
  }

  /**
   * Of a session.
   *
   * @param asked whether the visitor asks for it
   */
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
