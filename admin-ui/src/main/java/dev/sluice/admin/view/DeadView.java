package dev.sluice.admin.view;

import dev.sluice.backend.DeadReason;
import dev.sluice.backend.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page of dead letters, those of one cause together.
 *
 * @param groups by cause, the latest dead first
 * @param total how many there are in all, not only on this page
 * @param acts what may be done to all
 */
public record DeadView(Table<Group> groups, String total, List<ActButton> acts, Pager pager) {

  /** Whether each row has its acts: to whom the page has any. */
  public boolean steers() {
    return !acts.isEmpty();
  }

  private static final int MOST_ERROR = 200;

  /** What differs between errors that are the same. */
  private static final Pattern NUMBERS = Pattern.compile("[0-9a-fA-F]*[0-9][0-9a-fA-F]*");

  /**
   * Dead letters of one cause.
   *
   * @param reason why they were given up on
   * @param error what their workers reported, without its numbers; null if nothing
   * @param count how many of them are on this page
   * @param acts what may be done to all of the same reason, on other pages too
   */
  public record Group(
      String reason,
      @Nullable String error,
      String count,
      List<ActButton> acts,
      Table<SessionRow> table) {}

  private record Cause(@Nullable DeadReason reason, @Nullable String error) {}

  /**
   * Of the dead letters of a page.
   *
   * @param here the page's address, to come back to
   * @param steers whether the visitor may act
   */
  public static DeadView of(
      List<Session> dead,
      long total,
      Pager pager,
      Links links,
      long now,
      String here,
      boolean steers) {
    Map<Cause, List<SessionRow>> groups = new LinkedHashMap<>();
    for (Session session : dead) {
      groups
          .computeIfAbsent(new Cause(session.dead(), error(session)), cause -> new ArrayList<>())
          .add(
              SessionRow.of(session, links, now)
                  .acting(SessionButtons.deadRow(session.id(), links, here)));
    }
    return new DeadView(
        new Table<>(
            groups.entrySet().stream()
                .map(group -> group(group.getKey(), group.getValue(), links, steers))
                .toList()),
        Formats.count(total),
        steers && total > 0 ? all(links, null) : List.of(),
        pager);
  }

  private static Group group(Cause cause, List<SessionRow> rows, Links links, boolean steers) {
    DeadReason reason = cause.reason();
    return new Group(
        reason == null ? "not known" : reason.words(),
        cause.error(),
        Formats.count(rows.size(), "letter") + " on this page",
        steers && reason != null ? all(links, reason) : List.of(),
        new Table<>(rows));
  }

  private static List<ActButton> all(Links links, @Nullable DeadReason reason) {
    String of = reason == null ? "" : " of this reason";
    String wire = reason == null ? null : reason.wire();
    return List.of(
        ActButton.form("Requeue all" + of, links.to("/dead/requeue", "dead", wire)),
        ActButton.harm("Discard all" + of, links.to("/dead/discard", "dead", wire)));
  }

  private static @Nullable String error(Session session) {
    String error = session.fields().get("error");
    if (error == null || error.equals("null")) {
      return null;
    }
    String line = Json.text(error).strip().lines().findFirst().orElse("");
    return line.isEmpty() ? null : NUMBERS.matcher(Formats.cut(line, MOST_ERROR)).replaceAll("#");
  }
}
