package dev.sluice.backend.tck.sessions;

import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Event.Kind;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines that cases expect on a timeline. */
abstract class TimelineFixture extends Fixture {

  /** A line but for number and time. */
  record Line(Kind kind, @Nullable String worker, @Nullable String detail) {}

  static Line line(Kind kind) {
    return new Line(kind, null, null);
  }

  static Line line(Kind kind, KitWorker worker) {
    return new Line(kind, worker.id(), null);
  }

  static Line line(Kind kind, @Nullable KitWorker worker, String detail) {
    return new Line(kind, worker == null ? null : worker.id(), detail);
  }

  static List<Line> lines(List<Event> events) {
    return events.stream()
        .map(event -> new Line(event.kind(), event.workerId(), event.detail()))
        .toList();
  }

  void assertLines(String id, Line... lines) {
    assertThat(lines(timeline(id))).containsExactly(lines);
  }
}
