package dev.sluice.backend.tck.model;

import dev.sluice.backend.DeadReason;
import dev.sluice.backend.Names;
import dev.sluice.backend.Pause;
import dev.sluice.backend.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What happens when its time has come: docs/rules.md, "What is due". */
final class Due {

  /** In the order in which entries of one time are handled. */
  private enum Kind {
    LATER,
    DEADLINE,
    BACK_OFF,
    PAUSE,
    MIDNIGHT,
    OFFER
  }

  private record Entry(long time, Kind kind, String name, Runnable handling) {}

  private static final Comparator<Entry> ORDER =
      Comparator.comparingLong(Entry::time)
          .thenComparing(Entry::kind)
          .thenComparing(Entry::name, Names::compareBytes);

  private Due() {}

  /** Handles what is due, the earliest first; answers how much that was. */
  static int handle(OrgState org, int atMost) {
    int handled = 0;
    while (handled < atMost) {
      Optional<Entry> first =
          entries(org).stream().filter(entry -> entry.time <= org.now).min(ORDER);
      if (first.isEmpty()) {
        break;
      }
      org.change();
      first.get().handling.run();
      handled++;
    }
    return handled;
  }

  private static List<Entry> entries(OrgState org) {
    List<Entry> entries = new ArrayList<>();
    for (ModelSession session : org.sessions) {
      if (session.waits() && !session.damaged) {
        addEntriesOf(org, session, entries);
      }
    }
    for (ModelProject project : org.projects.values()) {
      addEntriesOf(org, project, entries);
    }
    for (ModelJob job : org.jobs) {
      if (job.offered()) {
        Runnable end = () -> JobOffers.end(org, job);
        entries.add(new Entry(job.offerEnds, Kind.OFFER, job.id(), end));
      }
    }
    return entries;
  }

  private static void addEntriesOf(OrgState org, ModelSession session, List<Entry> entries) {
    String id = session.id();
    if (session.place == Place.LATER) {
      long time = session.work.notBeforeMs();
      entries.add(new Entry(time, Kind.LATER, id, () -> Issues.contend(org, session)));
    }
    if (session.deadline != 0) {
      Runnable death = () -> Ending.die(org, session, DeadReason.DEADLINE);
      entries.add(new Entry(session.deadline, Kind.DEADLINE, id, death));
    }
    if (session.returnUntil != 0) {
      Runnable end =
          () -> {
            session.returnUntil = 0;
            Issues.settle(org, session.issue());
          };
      entries.add(new Entry(session.returnUntil, Kind.BACK_OFF, id, end));
    }
  }

  private static void addEntriesOf(OrgState org, ModelProject project, List<Entry> entries) {
    Pause pause = project.pause;
    if (pause != null && pause.untilMs() != 0) {
      Runnable end = () -> project.pause = null;
      entries.add(new Entry(pause.untilMs(), Kind.PAUSE, project.name, end));
    }
    if (project.overBudget()) {
      Runnable newDay = () -> project.roll(org.now);
      entries.add(new Entry(project.midnight(), Kind.MIDNIGHT, project.name, newDay));
    }
  }
}
