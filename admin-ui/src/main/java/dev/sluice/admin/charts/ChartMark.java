package dev.sluice.admin.charts;

import dev.sluice.admin.activity.AuditRow;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.audit.AuditLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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

  private static final int MOST_LINES = 500;
  private static final int MOST = 20;

  private static final Set<String> OF_FLEET =
      Set.of("pause", "resume", "limit", "drain", "undrain", "stop", "stop-many", "deregister");

  private static final Set<String> OF_PROJECT = Set.of("pause", "resume", "limit");

  /** A stop of many has a line for each session too. */
  private static final String OF_MANY = "stop-many ";

  /** Returns the latest actions of the range, or none without the store. */
  static List<ChartMark> in(
      TimeRange span, @Nullable String project, QueueBackend backend, Visit visit) {
    try {
      return read(span, project, backend, visit);
    } catch (BackendUnavailableException e) {
      return List.of();
    }
  }

  private static List<ChartMark> read(
      TimeRange span, @Nullable String project, QueueBackend backend, Visit visit) {
    long fromMs = visit.now() - span.lengthMs();
    List<AuditLine> lines =
        new ArrayList<>(
            backend.audit().list(visit.org(), null, MOST_LINES).value().items().stream()
                .filter(line -> line.atMs() > fromMs && line.atMs() <= visit.now())
                .filter(line -> isShown(line, project))
                .limit(MOST)
                .toList());
    Collections.reverse(lines);
    List<AuditRow> rows = AuditRow.of(lines, backend.sessions(), visit);
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

  private static boolean isShown(AuditLine line, @Nullable String project) {
    if (project == null) {
      return OF_FLEET.contains(line.verb()) && !line.reason().startsWith(OF_MANY);
    }
    return OF_PROJECT.contains(line.verb()) && line.object().equals(project)
        || line.verb().equals("stop-many") && line.detail().endsWith("project " + project);
  }
}
