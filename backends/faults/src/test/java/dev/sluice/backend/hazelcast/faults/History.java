package dev.sluice.backend.hazelcast.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Every call of a sequence, with its answer, and what happened meanwhile. */
final class History {

  private final long beginNs = System.nanoTime();
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final Queue<Note> notes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger enqueued = new AtomicInteger();

  /**
   * A call that has its answer.
   *
   * @param words org, id, and what else the operation takes
   * @param sentNs before it was sent
   */
  record Call(
      int member, MemberMain.Op op, List<String> words, long sentNs, long heardNs, Answer answer) {

    String org() {
      return words.get(0);
    }

    String id() {
      return words.get(1);
    }

    /** The time when the member began, or the earliest possible one. */
    long startNs() {
      return answer.startNs() == 0 ? sentNs : answer.startNs();
    }

    long endNs() {
      return answer.endNs() == 0 ? heardNs : answer.endNs();
    }

    boolean acknowledged(MemberMain.Op which) {
      return op == which && answer.acknowledged();
    }

    boolean ends() {
      return op == MemberMain.Op.REPORT && words.get(4).equals("COMPLETED");
    }

    @Override
    public String toString() {
      return "member "
          + member
          + " "
          + op
          + " "
          + words
          + ": "
          + answer.outcome()
          + " "
          + answer.text();
    }
  }

  private record Note(long atNs, String text) {}

  void add(Call call) {
    calls.add(call);
    if (call.acknowledged(MemberMain.Op.ENQUEUE)) {
      enqueued.incrementAndGet();
    }
  }

  void note(String text) {
    notes.add(new Note(System.nanoTime(), text));
  }

  /** Acknowledged so far. */
  int enqueued() {
    return enqueued.get();
  }

  List<Call> calls() {
    return calls.stream().sorted(Comparator.comparingLong(Call::endNs)).toList();
  }

  /** Seconds since the beginning. */
  String at(long ns) {
    return "%.3f".formatted((ns - beginNs) / 1e9);
  }

  void write(Path file, List<String> first) {
    List<Note> lines = new ArrayList<>(notes);
    for (Call call : calls) {
      lines.add(new Note(call.startNs(), call + " (until " + at(call.endNs()) + ")"));
    }
    lines.sort(Comparator.comparingLong(Note::atNs));
    List<String> all = new ArrayList<>(first);
    lines.forEach(line -> all.add(at(line.atNs) + " " + line.text));
    try {
      Files.write(file, all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
