package dev.sluice.proof.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A flaw that a store could have: changes its recording to what the store would have done. */
enum Flaw {
  THE_LOG_IS_NOT_SYNCED {
    @Override
    List<Event> in(List<Event> events) {
      return without(events, event -> syncs(event, Recording.LOG));
    }
  },
  THE_NUMBER_IS_WRITTEN_BEFORE_THE_LOG {
    @Override
    List<Event> in(List<Event> events) {
      return atFirstPage(events, event -> writes(event, Recording.COMMIT_FILE));
    }
  },
  THE_NUMBER_IS_NEVER_SYNCED {
    @Override
    List<Event> in(List<Event> events) {
      return without(events, event -> syncs(event, Recording.COMMIT_FILE));
    }
  },
  THE_JOURNAL_IS_NOT_SYNCED_BEFORE_ITS_LOG_BEGINS_AGAIN {
    @Override
    List<Event> in(List<Event> events) {
      return without(events, event -> syncs(event, Recording.JOURNAL));
    }
  },
  NEW_NAMES_ARE_NOT_SYNCED {
    @Override
    List<Event> in(List<Event> events) {
      return without(
          events, event -> event.kind() == Event.Kind.SYNC && event.inode() == Event.DIRECTORY);
    }
  },
  READERS_SEE_WHAT_IS_NOT_SYNCED {
    @Override
    List<Event> in(List<Event> events) {
      return atFirstPage(events, event -> event.kind() == Event.Kind.READ);
    }
  },
  THE_CURSOR_OF_A_WEBHOOK_MOVES_BEFORE_ITS_DELIVERY {
    @Override
    List<Event> in(List<Event> events) {
      return without(events, event -> event.kind() == Event.Kind.DELIVER && event.at() % 8 == 0);
    }
  },
  THE_NEW_DIRECTORY_IS_NOT_SYNCED {
    @Override
    List<Event> in(List<Event> events) {
      return without(
          events, event -> event.kind() == Event.Kind.SYNC && event.inode() == Event.PARENT);
    }
  };

  abstract List<Event> in(List<Event> events);

  private static boolean writes(Event event, String file) {
    return event.kind() == Event.Kind.WRITE && event.name().equals(file);
  }

  private static boolean syncs(Event event, String file) {
    return event.kind() == Event.Kind.SYNC && event.name().equals(file);
  }

  private static List<Event> without(List<Event> events, Predicate<Event> some) {
    return events.stream().filter(some.negate()).toList();
  }

  /**
   * Some events happen where the first page of a commit goes to the log, the latest before them.
   */
  private static List<Event> atFirstPage(List<Event> events, Predicate<Event> some) {
    List<Event> changed = new ArrayList<>();
    int firstPage = 0;
    boolean synced = true;
    for (Event event : events) {
      if (synced && writes(event, Recording.LOG)) {
        firstPage = event.begin();
        synced = false;
      }
      synced |= syncs(event, Recording.LOG);
      changed.add(some.test(event) && firstPage > 0 ? event.moved(firstPage) : event);
    }
    return changed;
  }
}
