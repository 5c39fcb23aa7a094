package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.audit.AuditLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditLines(List<Line> lines, @Nullable String nextCursor) {

  /** A line; {@code times} counts repeats in a row up to {@code lastAt}. Times are epoch ms. */
  public record Line(
      long id,
      long at,
      String actor,
      String verb,
      String object,
      String reason,
      String detail,
      long times,
      long lastAt) {

    static Line of(AuditLine line) {
      return new Line(
          line.id(),
          line.atMs(),
          line.actor(),
          line.verb(),
          line.object(),
          line.reason(),
          line.detail(),
          line.times(),
          line.lastAtMs());
    }
  }

  public static AuditLines of(Page<AuditLine> page) {
    Cursor next = page.next();
    return new AuditLines(
        page.items().stream().map(Line::of).toList(), next == null ? null : next.text());
  }
}
