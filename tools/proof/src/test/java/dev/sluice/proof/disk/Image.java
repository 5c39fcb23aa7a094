package dev.sluice.proof.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The files as a power cut may have left them.
 *
 * @param number with the seed, it makes the same image of a recording again
 * @param moment number of events that had begun
 * @param files none if the directory itself is missing
 */
record Image(int number, int moment, Kept kept, Map<String, byte[]> files) {

  /** The choice of writes that are kept although nothing synced them. */
  enum Kept {
    NOTHING,
    ALL,
    /** The latest write of each file alone. */
    LATEST,
    /** The first writes of each file, and some sectors of the next one. */
    FIRST,
    FEW_SECTORS,
    HALF_OF_THE_SECTORS,
    MOST_SECTORS,
    /** Also cuts some sectors after their first bytes, which few disks do. */
    TORN_SECTORS,
    /** Each file in another one of these ways. */
    MIXED
  }

  private static final int SECTOR = 512;
  private static final int INDEX_BYTES = 32_768;

  /** Events of about two commits. */
  private static final int SOON = 40;

  static Image of(Recording recording, long seed, int number) {
    Random random = new Random(seed * 7_368_787 + number);
    Kept kept = Kept.values()[number % Kept.values().length];
    int moment = moment(recording, random);
    return of(recording, number, moment, kept, random);
  }

  private static Image of(Recording recording, int number, int moment, Kept kept, Random random) {
    Disk disk = Disk.at(recording, moment);
    Map<String, byte[]> files = new TreeMap<>();
    if (directory(disk, kept, random)) {
      boolean noise = random.nextInt(4) == 0;
      entries(disk, kept, random)
          .forEach(
              (name, inode) ->
                  files.put(
                      name, new Mixture(disk.content(inode), random, noise).of(way(kept, random))));
      if (random.nextBoolean()) {
        byte[] index = new byte[INDEX_BYTES];
        random.nextBytes(index);
        files.put(Recording.JOURNAL + "-shm", index); // nothing syncs it
      }
    }
    return new Image(number, moment, kept, files);
  }

  /**
   * Half of all images are of a moment just after an answer or news of an event, when a loss
   * matters, and a quarter of one soon after a copy of the log to the journal, when the log begins
   * again.
   */
  private static int moment(Recording recording, Random random) {
    int first = recording.before();
    int any = first + 1 + random.nextInt(recording.moments() - first);
    return switch (random.nextInt(4)) {
      case 0 -> next(recording, any, event -> event.kind() == Event.Kind.ACKNOWLEDGE);
      case 1 ->
          next(
              recording,
              any,
              event -> event.kind() == Event.Kind.ACKNOWLEDGE || event.kind().tells());
      case 2 -> {
        int copied = next(recording, any, Image::copies);
        yield Math.min(recording.moments(), copied + random.nextInt(SOON));
      }
      default -> any;
    };
  }

  private static boolean copies(Event event) {
    return event.kind() == Event.Kind.SYNC && event.name().equals(Recording.JOURNAL);
  }

  /** Returns the first moment from one on that such an event has just begun. */
  private static int next(Recording recording, int from, Predicate<Event> such) {
    int moment = from;
    while (moment < recording.moments() && !such.test(recording.events().get(moment - 1))) {
      moment++;
    }
    return moment;
  }

  private static boolean directory(Disk disk, Kept kept, Random random) {
    if (disk.pendingDirectory()) {
      return kept == Kept.ALL || (kept != Kept.NOTHING && random.nextBoolean());
    }
    return disk.directory();
  }

  private static Map<String, Integer> entries(Disk disk, Kept kept, Random random) {
    Map<String, Integer> entries = new LinkedHashMap<>(disk.entries());
    List<Event> pending = disk.pendingEntries();
    int first = random.nextInt(pending.size() + 1);
    boolean inOrder = kept == Kept.FIRST || random.nextBoolean();
    for (int i = 0; i < pending.size(); i++) {
      boolean happened =
          switch (kept) {
            case NOTHING -> false;
            case ALL -> true;
            case LATEST -> i == pending.size() - 1;
            default -> inOrder ? i < first : random.nextBoolean();
          };
      if (happened) {
        Disk.apply(pending.get(i), entries);
      }
    }
    return entries;
  }

  private static Kept way(Kept kept, Random random) {
    return kept == Kept.MIXED ? Kept.values()[random.nextInt(Kept.MIXED.ordinal())] : kept;
  }

  /** Writes the files into a new directory, which stays missing if it is so on the disk. */
  void write(Path directory) throws IOException {
    Recording.delete(directory);
    if (files.isEmpty()) {
      return;
    }
    Files.createDirectories(directory);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
  }

  /** Puts a file together from what was synced and some of what was written since. */
  private static final class Mixture {

    private final byte[] synced;
    private final List<Event> pending;
    private final Random random;
    private final boolean noise;

    /** All lengths that the file had since the last sync. */
    private final List<Integer> lengths = new ArrayList<>();

    Mixture(Disk.Content content, Random random, boolean noise) {
      synced = content.synced();
      pending = content.pending();
      this.random = random;
      this.noise = noise;
      int length = synced.length;
      lengths.add(length);
      for (Event event : pending) {
        int end = (int) event.at() + event.data().length;
        length = event.kind() == Event.Kind.LENGTH ? end : Math.max(length, end);
        lengths.add(length);
      }
    }

    byte[] of(Kept kept) {
      if (pending.isEmpty()) {
        return synced;
      }
      int all = pending.size();
      return switch (kept) {
        case NOTHING -> synced;
        case ALL -> whole(0, all);
        case LATEST -> whole(all - 1, all);
        case FIRST -> first();
        case FEW_SECTORS -> sectors(0.1, 0);
        case HALF_OF_THE_SECTORS -> sectors(0.5, 0);
        case MOST_SECTORS -> sectors(0.9, 0);
        case TORN_SECTORS -> sectors(0.5, 0.3);
        case MIXED -> throw new IllegalArgumentException();
      };
    }

    /** Applies the writes from one to another, and leaves out those before. */
    private byte[] whole(int from, int to) {
      byte[] bytes = room();
      int length = synced.length;
      for (Event event : pending.subList(from, to)) {
        int end = (int) event.at() + event.data().length;
        if (event.kind() == Event.Kind.LENGTH) {
          Arrays.fill(bytes, Math.min(end, bytes.length), bytes.length, (byte) 0);
          length = end;
        } else {
          System.arraycopy(event.data(), 0, bytes, (int) event.at(), event.data().length);
          length = Math.max(length, end);
        }
      }
      return Arrays.copyOf(bytes, length);
    }

    private byte[] first() {
      int count = random.nextInt(pending.size());
      byte[] before = whole(0, count);
      Event next = pending.get(count);
      if (next.kind() == Event.Kind.LENGTH || next.data().length == 0) {
        return before;
      }
      int begin = random.nextInt(next.data().length);
      int end = begin + random.nextInt(next.data().length - begin) + 1;
      int length = Math.max(before.length, (int) next.at() + end);
      byte[] bytes = Arrays.copyOf(before, length);
      System.arraycopy(next.data(), begin, bytes, (int) next.at() + begin, end - begin);
      return bytes;
    }

    /**
     * Takes each sector as of some write to it.
     *
     * @param newest share of the sectors that are as of their latest write; the others are as of
     *     any
     * @param torn share of the sectors whose next write reached their first bytes
     */
    private byte[] sectors(double newest, double torn) {
      byte[] bytes = room();
      if (noise) { // as of an earlier file that had the blocks
        byte[] earlier = new byte[bytes.length - synced.length];
        random.nextBytes(earlier);
        System.arraycopy(earlier, 0, bytes, synced.length, earlier.length);
      }
      Map<Integer, Integer> writes = new HashMap<>();
      for (Event event : pending) {
        for (int sector = from(event); sector <= to(event, bytes.length); sector++) {
          writes.merge(sector, 1, Integer::sum);
        }
      }
      Map<Integer, Integer> left = new HashMap<>();
      Map<Integer, Integer> cuts = new HashMap<>();
      new TreeMap<>(writes)
          .forEach(
              (sector, count) -> {
                left.put(sector, random.nextDouble() < newest ? count : random.nextInt(count + 1));
                if (random.nextDouble() < torn) {
                  cuts.put(sector, random.nextInt(SECTOR));
                }
              });
      for (Event event : pending) {
        for (int sector = from(event); sector <= to(event, bytes.length); sector++) {
          int more = left.merge(sector, -1, Integer::sum);
          if (more >= 0) {
            apply(event, bytes, sector, SECTOR);
          } else if (more == -1 && cuts.containsKey(sector)) {
            apply(event, bytes, sector, cuts.get(sector));
          }
        }
      }
      return Arrays.copyOf(bytes, length(bytes.length));
    }

    private static int from(Event event) {
      return (int) event.at() / SECTOR;
    }

    /** A cut of a file empties all sectors behind it. */
    private static int to(Event event, int most) {
      int end = event.kind() == Event.Kind.LENGTH ? most : (int) event.at() + event.data().length;
      return (end - 1) / SECTOR;
    }

    private static void apply(Event event, byte[] bytes, int sector, int size) {
      int begin = Math.max(sector * SECTOR, (int) event.at());
      int end = Math.min(sector * SECTOR + size, bytes.length);
      if (event.kind() == Event.Kind.LENGTH) {
        if (begin < end) {
          Arrays.fill(bytes, begin, end, (byte) 0);
        }
        return;
      }
      end = Math.min(end, (int) event.at() + event.data().length);
      if (begin < end) {
        System.arraycopy(event.data(), begin - (int) event.at(), bytes, begin, end - begin);
      }
    }

    /** One of the lengths that it had, or any between. */
    private int length(int most) {
      int one = lengths.get(random.nextInt(lengths.size()));
      if (random.nextBoolean()) {
        return one;
      }
      int other = lengths.get(random.nextInt(lengths.size()));
      int low = Math.min(one, other);
      return Math.min(most, low + random.nextInt(Math.abs(one - other) + 1));
    }

    private byte[] room() {
      int most = lengths.stream().mapToInt(Integer::intValue).max().orElse(0);
      return Arrays.copyOf(synced, most);
    }
  }
}
