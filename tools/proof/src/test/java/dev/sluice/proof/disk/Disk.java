package dev.sluice.proof.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A disk at a moment of a recording: for each file what is on it for sure, and what was written
 * since its last sync; the same for the entries of the directory.
 */
final class Disk {

  /** A file, by its inode: a name may be that of one file and then of another. */
  static final class Content {

    private byte[] bytes = Event.NO_DATA;
    private int length;
    private final List<Event> pending = new ArrayList<>();

    /** Returns the bytes that are on the disk for sure. */
    byte[] synced() {
      return Arrays.copyOf(bytes, length);
    }

    /** Writes and lengths since the last sync, in their order. */
    List<Event> pending() {
      return pending;
    }

    private void sync(int begin) {
      Iterator<Event> events = pending.iterator();
      while (events.hasNext()) {
        Event event = events.next();
        if (event.end() < begin) {
          apply(event);
          events.remove();
        }
      }
    }

    private void apply(Event event) {
      int end = (int) event.at() + event.data().length;
      if (event.kind() == Event.Kind.LENGTH) {
        if (end < length) {
          Arrays.fill(bytes, end, length, (byte) 0);
        }
        grow(end);
        length = end;
        return;
      }
      grow(end);
      System.arraycopy(event.data(), 0, bytes, (int) event.at(), event.data().length);
      length = Math.max(length, end);
    }

    private void grow(int size) {
      if (size > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(size, 2 * bytes.length));
      }
    }
  }

  private final Map<Integer, Content> contents = new HashMap<>();
  private final Map<String, Integer> entries = new LinkedHashMap<>();
  private final List<Event> pendingEntries = new ArrayList<>();
  private boolean directory;
  private boolean pendingDirectory;

  private Disk() {}

  /**
   * @param moment number of events that have begun
   */
  static Disk at(Recording recording, int moment) {
    Disk disk = new Disk();
    if (moment > 0) {
      int last = recording.events().get(moment - 1).begin();
      recording.effects().stream().takeWhile(event -> event.effective() <= last).forEach(disk::add);
    }
    return disk;
  }

  private void add(Event event) {
    switch (event.kind()) {
      case WRITE, LENGTH -> content(event.inode()).pending().add(event);
      case CREATE, RENAME, REMOVE -> {
        if (event.inode() == Event.PARENT) {
          pendingDirectory = true;
        } else {
          pendingEntries.add(event);
        }
      }
      case SYNC -> sync(event);
      case ACKNOWLEDGE, READ, DELIVER -> {}
    }
  }

  private void sync(Event event) {
    if (event.inode() == Event.PARENT) {
      directory = pendingDirectory;
    } else if (event.inode() == Event.DIRECTORY) {
      pendingEntries.removeIf(
          entry -> {
            boolean done = entry.end() < event.begin();
            if (done) {
              apply(entry, entries);
            }
            return done;
          });
    } else {
      content(event.inode()).sync(event.begin());
    }
  }

  static void apply(Event event, Map<String, Integer> entries) {
    switch (event.kind()) {
      case CREATE -> entries.put(event.name(), event.inode());
      case RENAME -> {
        entries.remove(event.name(), event.inode());
        entries.put(String.valueOf(event.to()), event.inode());
      }
      case REMOVE -> entries.remove(event.name(), event.inode());
      default -> throw new IllegalArgumentException(event.kind().toString());
    }
  }

  Content content(int inode) {
    return contents.computeIfAbsent(inode, i -> new Content());
  }

  /** Entries of the directory that are on the disk for sure. */
  Map<String, Integer> entries() {
    return entries;
  }

  List<Event> pendingEntries() {
    return pendingEntries;
  }

  /** True if the data directory itself is on the disk for sure. */
  boolean directory() {
    return directory;
  }

  /** True if it was made, and a power cut may undo that. */
  boolean pendingDirectory() {
    return pendingDirectory && !directory;
  }
}
