package dev.sluice.proof.disk;

import dev.sluice.backend.events.EventLog;
import dev.sluice.backend.events.EventPage;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.store.QueueBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The event log of an org, in words that can be compared with those of plans and of readers. */
final class EventsOf {

  /** A name that a plan has given, such as {@code work-1-0-7}. */
  private static final Pattern NAME = Pattern.compile("[a-z]+-(\\d+-\\d+)(?:-\\d+)?");

  private final List<String> lines = new ArrayList<>();
  private final Map<String, List<String>> byPlan = new TreeMap<>();

  private EventsOf() {}

  static EventsOf org(QueueBackend backend, String org) {
    EventsOf all = new EventsOf();
    read(backend, org, 0, all::add);
    return all;
  }

  /**
   * Reads all events behind a number, and returns the number of the last one.
   *
   * @throws IllegalStateException if the reader would miss some
   */
  static long read(QueueBackend backend, String org, long after, Consumer<LoggedEvent> reader) {
    long at = after;
    while (true) {
      EventPage page = backend.events().after(org, at, EventLog.MAX_PAGE);
      if (EventPage.expired(at, page.oldest(), page.latest())) {
        throw new IllegalStateException(
            "the log of %s has %d to %d, and not what follows %d"
                .formatted(org, page.oldest(), page.latest(), at));
      }
      for (LoggedEvent event : page.events()) {
        if (event.number() != at + 1) {
          throw new IllegalStateException(event.number() + " follows " + at + " in " + org);
        }
        at = event.number();
        reader.accept(event);
      }
      if (at == page.latest()) {
        return at;
      }
    }
  }

  private void add(LoggedEvent event) {
    lines.add(line(event));
    Matcher name = NAME.matcher(subject(event));
    if (!name.matches()) {
      throw new IllegalStateException("an event of something that no plan names: " + event);
    }
    byPlan.computeIfAbsent(name.group(1), plan -> new ArrayList<>()).add(words(event));
  }

  /** All that a reader sees of an event but its number. */
  static String line(LoggedEvent event) {
    return event.atMs()
        + " "
        + event.type().wire()
        + " "
        + event.project()
        + " "
        + event.sessionId()
        + " "
        + event.workerId()
        + " "
        + event.detail();
  }

  private static String words(LoggedEvent event) {
    return event.type().wire() + " " + subject(event);
  }

  private static String subject(LoggedEvent event) {
    // An event of a key has none of the first three, and the key's id as its detail.
    return Stream.of(event.sessionId(), event.workerId(), event.project(), event.detail())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("nothing");
  }

  /** The latest number. */
  int latest() {
    return lines.size();
  }

  /** The line of a number; {@link Facts#ABSENT} for none. */
  String get(long number) {
    return number <= lines.size() ? lines.get((int) number - 1) : Facts.ABSENT;
  }

  /** Type and subject of each event of a plan, in order. */
  List<String> of(Plan plan) {
    return byPlan.getOrDefault(plan.name(), List.of());
  }
}
