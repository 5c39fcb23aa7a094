package dev.sluice.backend.engine.state;

import dev.sluice.backend.Names;
import java.util.Arrays;

/**
 * (number, id) pairs ordered by number, then by the id's UTF-8 bytes, with ranks. Numbers are
 * scores, times or hashes.
 *
 * <p>A sorted list of sorted arrays of at most {@link #CHUNK} pairs: a change costs two binary
 * searches and at most half an array move, a rank the number of arrays before it. Two parallel
 * arrays take 12 bytes a pair, a tree 64, and neighbours share cache lines.
 */
public final class RankedSet {

  static final int CHUNK = 512;

  private static final int SMALLEST = 8;

  private Chunk[] chunks = new Chunk[1];
  private int chunkCount;
  private int size;

  @FunctionalInterface
  public interface Visitor {
    /** Returns true to continue. The set must not change meanwhile. */
    boolean visit(long number, String id);
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** The set must not be empty. */
  public long firstNumber() {
    Chunk first = chunks[0];
    return first.numbers[first.from];
  }

  public String firstId() {
    Chunk first = chunks[0];
    return first.ids[first.from];
  }

  /** False if present. */
  public boolean add(long number, String id) {
    if (chunkCount == 0) {
      chunks[0] = new Chunk(SMALLEST);
      chunkCount = 1;
    }
    int c = chunkOf(number, id);
    Chunk chunk = chunks[c];
    int at = chunk.find(number, id);
    if (at >= 0) {
      return false;
    }
    at = -(at + 1);
    if (chunk.size() == CHUNK) {
      if (at == chunk.to && c == chunkCount - 1) {
        // Work arrives mostly in order: keep full arrays full instead of halving them.
        chunk = new Chunk(SMALLEST);
        insertChunk(c + 1, chunk);
        at = chunk.from;
      } else {
        Chunk upper = chunk.split();
        insertChunk(c + 1, upper);
        if (at > chunk.to) {
          at = at - chunk.to + upper.from;
          chunk = upper;
        }
      }
    }
    chunk.insert(at, number, id);
    size++;
    return true;
  }

  /** False if absent. */
  public boolean remove(long number, String id) {
    if (chunkCount == 0) {
      return false;
    }
    int c = chunkOf(number, id);
    Chunk chunk = chunks[c];
    int at = chunk.find(number, id);
    if (at < 0) {
      return false;
    }
    chunk.remove(at);
    size--;
    if (chunk.size() == 0) {
      removeChunk(c);
    } else if (chunk.size() < CHUNK / 4) {
      if (c + 1 < chunkCount && chunk.size() + chunks[c + 1].size() <= CHUNK / 2) {
        chunk.append(chunks[c + 1]);
        removeChunk(c + 1);
      } else if (c > 0 && chunk.size() + chunks[c - 1].size() <= CHUNK / 2) {
        chunks[c - 1].append(chunk);
        removeChunk(c);
      }
    }
    return true;
  }

  public boolean contains(long number, String id) {
    return chunkCount > 0 && chunks[chunkOf(number, id)].find(number, id) >= 0;
  }

  /**
   * Pairs before this one, which may be absent. Counting stops about at the limit: any result from
   * there on means "at least".
   */
  public int rank(long number, String id, int limit) {
    if (chunkCount == 0) {
      return 0;
    }
    int target = chunkOf(number, id);
    int rank = 0;
    for (int c = 0; c < target; c++) {
      rank += chunks[c].size();
      if (rank >= limit) {
        return rank;
      }
    }
    Chunk chunk = chunks[target];
    int at = chunk.find(number, id);
    return rank + (at >= 0 ? at : -(at + 1)) - chunk.from;
  }

  public void visit(Visitor visitor) {
    for (int c = 0; c < chunkCount; c++) {
      Chunk chunk = chunks[c];
      for (int i = chunk.from; i < chunk.to; i++) {
        if (!visitor.visit(chunk.numbers[i], chunk.ids[i])) {
          return;
        }
      }
    }
  }

  /** Visits after a pair, which may be absent. */
  public void visitAfter(long number, String id, Visitor visitor) {
    if (chunkCount == 0) {
      return;
    }
    int first = chunkOf(number, id);
    int at = chunks[first].find(number, id);
    int start = at >= 0 ? at + 1 : -(at + 1);
    for (int c = first; c < chunkCount; c++) {
      Chunk chunk = chunks[c];
      for (int i = c == first ? start : chunk.from; i < chunk.to; i++) {
        if (!visitor.visit(chunk.numbers[i], chunk.ids[i])) {
          return;
        }
      }
    }
  }

  /** Visits before a pair, which may be absent; the last first. */
  public void visitBefore(long number, String id, Visitor visitor) {
    if (chunkCount == 0) {
      return;
    }
    int last = chunkOf(number, id);
    int at = chunks[last].find(number, id);
    visitDown(last, (at >= 0 ? at : -(at + 1)) - 1, visitor);
  }

  public void visitDown(Visitor visitor) {
    if (chunkCount > 0) {
      visitDown(chunkCount - 1, chunks[chunkCount - 1].to - 1, visitor);
    }
  }

  private void visitDown(int last, int start, Visitor visitor) {
    for (int c = last; c >= 0; c--) {
      Chunk chunk = chunks[c];
      for (int i = c == last ? start : chunk.to - 1; i >= chunk.from; i--) {
        if (!visitor.visit(chunk.numbers[i], chunk.ids[i])) {
          return;
        }
      }
    }
  }

  public static int compare(long number, String id, long otherNumber, String otherId) {
    return number != otherNumber
        ? Long.compare(number, otherNumber)
        : Names.compareBytes(id, otherId);
  }

  /** Holds the pair or would: the last chunk that doesn't begin after it. */
  private int chunkOf(long number, String id) {
    int low = 0;
    int high = chunkCount - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      Chunk chunk = chunks[middle];
      if (compare(chunk.numbers[chunk.from], chunk.ids[chunk.from], number, id) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private void insertChunk(int at, Chunk chunk) {
    if (chunkCount == chunks.length) {
      chunks = Arrays.copyOf(chunks, Math.max(4, chunkCount + (chunkCount >> 1)));
    }
    System.arraycopy(chunks, at, chunks, at + 1, chunkCount - at);
    chunks[at] = chunk;
    chunkCount++;
  }

  @SuppressWarnings("NullAway") // null beyond chunkCount
  private void removeChunk(int at) {
    chunkCount--;
    System.arraycopy(chunks, at + 1, chunks, at, chunkCount - at);
    chunks[chunkCount] = null;
  }

  /** Pairs are in {@code from} to {@code to}, exclusive, of both arrays. */
  @SuppressWarnings("NullAway") // ids are null outside from..to
  private static final class Chunk {

    private long[] numbers;
    private String[] ids;
    private int from;
    private int to;

    Chunk(int capacity) {
      numbers = new long[capacity];
      ids = new String[capacity];
    }

    int size() {
      return to - from;
    }

    int find(long number, String id) {
      if (from < to && numbers[from] == number && ids[from].equals(id)) {
        return from; // most pairs that leave are the first
      }
      int low = from;
      int high = to - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        int order = compare(numbers[middle], ids[middle], number, id);
        if (order < 0) {
          low = middle + 1;
        } else if (order > 0) {
          high = middle - 1;
        } else {
          return middle;
        }
      }
      return -(low + 1);
    }

    void insert(int at, long number, String id) {
      int place = at;
      if (to == numbers.length && from == 0) {
        grow(Math.min(CHUNK, 2 * numbers.length));
      }
      // Move the shorter side if it has room.
      if (from > 0 && (to == numbers.length || at - from < to - at)) {
        move(from, from - 1, at - from);
        from--;
        place--;
      } else {
        move(at, at + 1, to - at);
        to++;
      }
      numbers[place] = number;
      ids[place] = id;
    }

    void remove(int at) {
      if (at - from < to - at - 1) {
        move(from, from + 1, at - from);
        ids[from] = null;
        from++;
      } else {
        move(at + 1, at, to - at - 1);
        to--;
        ids[to] = null;
      }
    }

    Chunk split() {
      int middle = (from + to) >>> 1;
      Chunk upper = new Chunk(CHUNK);
      upper.to = to - middle;
      System.arraycopy(numbers, middle, upper.numbers, 0, upper.to);
      System.arraycopy(ids, middle, upper.ids, 0, upper.to);
      Arrays.fill(ids, middle, to, null);
      to = middle;
      return upper;
    }

    void append(Chunk next) {
      int sum = size() + next.size();
      if (from + sum > numbers.length) {
        if (sum > numbers.length) {
          grow(Math.min(CHUNK, Math.max(sum, 2 * numbers.length)));
        }
        int shift = from;
        move(from, 0, size());
        from = 0;
        to -= shift;
        Arrays.fill(ids, to, Math.min(ids.length, to + shift), null);
      }
      System.arraycopy(next.numbers, next.from, numbers, to, next.size());
      System.arraycopy(next.ids, next.from, ids, to, next.size());
      to += next.size();
    }

    private void grow(int capacity) {
      numbers = Arrays.copyOf(numbers, capacity);
      ids = Arrays.copyOf(ids, capacity);
    }

    private void move(int start, int target, int count) {
      System.arraycopy(numbers, start, numbers, target, count);
      System.arraycopy(ids, start, ids, target, count);
    }
  }
}
