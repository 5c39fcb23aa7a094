package dev.sluice.admin.charts;

import dev.sluice.admin.activity.AuditRow;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.sessions.Sessions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An operator's action on the time axis of charts.
 *
 * @param at percent of the axis
 * @param label numbers of this mark and of those close behind it, from 1; null if one before has
 *     them
 */
public record ChartMark(String at, @Nullable String label, AuditRow action) {

  /** Percent of the axis that a label needs. */
  private static final double ROOM = 2.5;

  private static final int MOST = 50;

  /**
   * @param marks oldest first
   * @param cut true if only the latest are marked
   * @param since the oldest entry that was read; null if all of the range were
   */
  public record Marks(Rows<ChartMark> marks, boolean cut, @Nullable TimeText since) {

    public String most() {
      return Formats.count(MOST);
    }

    public String read() {
      return Formats.count(OperatorActions.MOST_READ);
    }
  }

  static Marks of(
      OperatorActions.Found found, TimeRange span, long end, Sessions sessions, Visit visit) {
    long fromMs = end - span.lengthMs();
    List<AuditLine> lines = new ArrayList<>(found.lines());
    lines.removeIf(line -> line.atMs() <= fromMs || line.atMs() > end);
    boolean cut = lines.size() > MOST;
    List<AuditLine> latest = cut ? lines.subList(0, MOST) : lines;
    Collections.reverse(latest);
    return new Marks(
        new Rows<>(marks(latest, fromMs, span, sessions, visit)),
        cut,
        TimeText.of(found.sinceMs(), visit.now()));
  }

  private static List<ChartMark> marks(
      List<AuditLine> lines, long fromMs, TimeRange span, Sessions sessions, Visit visit) {
    List<AuditRow> rows = AuditRow.of(lines, sessions, visit);
    double[] parts =
        lines.stream()
            .mapToDouble(line -> (line.atMs() - fromMs) * 100.0 / span.lengthMs())
            .toArray();
    List<ChartMark> marks = new ArrayList<>();
    for (int first = 0; first < parts.length; ) {
      int last = first;
      while (last + 1 < parts.length && parts[last + 1] - parts[first] < ROOM) {
        last++;
      }
      String label = first == last ? "" + (first + 1) : (first + 1) + "\u2013" + (last + 1);
      for (int i = first; i <= last; i++) {
        String at = String.format(Locale.ROOT, "%.1f", parts[i]);
        marks.add(new ChartMark(at, i == first ? label : null, rows.get(i)));
      }
      first = last + 1;
    }
    return marks;
  }
}
