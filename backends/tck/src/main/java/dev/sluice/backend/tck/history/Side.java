package dev.sluice.backend.tck.history;

import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.events.EventLog;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.Figures;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.OrgCopy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** The judged backend or the engine in a history. */
record Side(QueueBackend store, MovableClock clock, String org, Runnable closing)
    implements AutoCloseable {

  /** Uses a new org. Closed by its opener. */
  static Side of(BackendUnderTest under, MovableClock clock) {
    return new Side(under.backend(), clock, "history-" + UUID.randomUUID(), () -> {});
  }

  /** Its org may have another name, since no answer carries it. */
  static Side engine(Rules rules) {
    MovableClock clock = new MovableClock();
    MemoryBackend engine = new MemoryBackend(AnswerLog.environment(rules, clock));
    return new Side(engine, clock, "history", engine::close);
  }

  /** The org's data in a new org of the same store, having been in the engine in memory. */
  Side moved(Rules rules) {
    String next = "history-" + UUID.randomUUID();
    try (MemoryBackend engine = new MemoryBackend(AnswerLog.environment(rules, clock))) {
      OrgCopy.enter(engine, org, OrgCopy.rehashed(OrgCopy.leave(store, org)));
      OrgCopy.enter(store, next, OrgCopy.leave(engine, org));
    }
    return new Side(store, clock, next, closing);
  }

  HistoryAnswer make(Step step, Ids ids) {
    if (step instanceof Step.Jump jump) {
      clock.jump(jump.time());
      return HistoryAnswer.withoutNumber(jump);
    }
    return HistoryAnswer.to(() -> ((Call) step).operation().on(store, org, ids));
  }

  HistoryAnswer make(Step step) {
    return make(step, Ids.AS_THEY_ARE);
  }

  long seq() {
    return AnswerLog.numberOf(() -> store.work().counts(org));
  }

  /** Without the looks at waiting work: a sweep among other calls may come at any time. */
  Map<FigureDimension, List<FigureBucket>> figures() {
    Map<FigureDimension, List<FigureBucket>> figures = new EnumMap<>(FigureDimension.class);
    long now = clock.now();
    for (FigureDimension by : FigureDimension.values()) {
      figures.put(
          by,
          store.figures().read(org, by, now - Figures.KEPT_MS, now + 1).stream()
              .map(Side::withoutGauges)
              .filter(bucket -> !bucket.series().isEmpty())
              .toList());
    }
    return figures;
  }

  /**
   * All events by what they are about, without their numbers: of two calls at once, the log may
   * have either first.
   */
  Map<String, List<LoggedEvent>> events() {
    Map<String, List<LoggedEvent>> events = new TreeMap<>();
    long number = store.events().after(org, 0, 1).oldest() - 1;
    List<LoggedEvent> page;
    do {
      page = store.events().after(org, number, EventLog.MAX_PAGE).events();
      number += page.size();
      page.forEach(
          event ->
              events
                  .computeIfAbsent(subject(event), any -> new ArrayList<>())
                  .add(withoutNumber(event)));
    } while (!page.isEmpty());
    return events;
  }

  private static String subject(LoggedEvent event) {
    return Stream.of(event.sessionId(), event.workerId(), event.project(), event.detail())
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow();
  }

  private static LoggedEvent withoutNumber(LoggedEvent event) {
    return new LoggedEvent(
        1,
        event.atMs(),
        event.type(),
        event.project(),
        event.sessionId(),
        event.workerId(),
        event.detail());
  }

  private static FigureBucket withoutGauges(FigureBucket bucket) {
    return FigureBucket.of(
        bucket.startMs(), bucket.series().stream().map(each -> each.gauged(0, 0)).toList());
  }

  @Override
  public void close() {
    closing.run();
  }
}
