package dev.sluice.admin.sessions;

import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Formats;
import dev.sluice.backend.sessions.Session;
import java.util.ArrayList;
import java.util.List;

public record Phases(List<Part> parts) {

  private static final int WIDTH = 1_000;

  /**
   * @param x on a bar of 1,000 units
   */
  public record Part(String tone, String word, String span, int x, int width) {}

  private record Length(String tone, String word, long ms) {}

  static Phases of(Session session, long now) {
    List<Length> lengths = new ArrayList<>();
    long end = session.endedAtMs() == 0 ? now : session.endedAtMs();
    boolean waits = session.place().waits();
    boolean held = !waits && session.claimedAtMs() != 0;
    long claimed = held ? session.claimedAtMs() : end;
    add(lengths, Badge.WAIT, "waiting", session.createdAtMs(), claimed);
    if (held) {
      boolean started = session.startedAtMs() >= session.claimedAtMs();
      long running = started ? session.startedAtMs() : end;
      add(lengths, Badge.HELD, "claimed", claimed, running);
      if (started) {
        boolean stopping = RunningSessionAct.stopping(session);
        add(lengths, Badge.ACTIVE, stopping ? "running, stop ordered" : "running", running, end);
      }
    }
    return new Phases(laid(lengths));
  }

  private static void add(List<Length> lengths, String tone, String word, long from, long to) {
    lengths.add(new Length(tone, word, Math.max(0, to - from)));
  }

  /** Proportional, with a minimum width. */
  private static List<Part> laid(List<Length> lengths) {
    long all = Math.max(1, lengths.stream().mapToLong(Length::ms).sum());
    int least = 12;
    int spare = WIDTH - least * lengths.size();
    List<Part> parts = new ArrayList<>();
    int x = 0;
    for (Length length : lengths) {
      int width = least + (int) ((double) length.ms() / all * spare);
      parts.add(new Part(length.tone(), length.word(), Formats.span(length.ms()), x, width));
      x += width;
    }
    return parts;
  }
}
