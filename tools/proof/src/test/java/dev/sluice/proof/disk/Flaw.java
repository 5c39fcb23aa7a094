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
      return numbersFirst(events);
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
      return toldEarly(events);
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

  private static boolean syncs(Event event, String file) {
    return event.kind() == Event.Kind.SYNC && event.name().equals(file);
  }

  private static List<Event> without(List<Event> events, Predicate<Event> some) {
    return events.stream().filter(some.negate()).toList();
  }

  /** Readers are told of events when the first page of their commit goes to the log. */
  private static List<Event> toldEarly(List<Event> events) {
    List<Event> changed = new ArrayList<>();
    int firstPage = 0;
    int lastSync = 0;
    boolean synced = true;
    for (Event event : events) {
      if (event.kind() == Event.Kind.WRITE && event.name().equals(Recording.LOG) && synced) {
        firstPage = event.begin();
        synced = false;
      }
      if (syncs(event, Recording.LOG) && event.end() < Integer.MAX_VALUE) {
        lastSync = event.end();
        synced = true;
      }
      boolean early =
          event.kind() == Event.Kind.READ && event.begin() > lastSync && lastSync > firstPage;
      changed.add(early && firstPage > 0 ? event.moved(firstPage) : event);
    }
    return changed;
  }

  /** Each number is written where the first page of its commit goes to the log. */
  private static List<Event> numbersFirst(List<Event> events) {
    List<Event> changed = new ArrayList<>();
    int firstPage = 0;
    boolean synced = true;
    for (Event event : events) {
      boolean number =
          event.kind() == Event.Kind.WRITE && event.name().equals(Recording.COMMIT_FILE);
      if (event.kind() == Event.Kind.WRITE && event.name().equals(Recording.LOG) && synced) {
        firstPage = event.begin();
        synced = false;
      }
      synced |= syncs(event, Recording.LOG);
      changed.add(number && firstPage > 0 ? event.moved(firstPage) : event);
    }
    return changed;
  }
}
