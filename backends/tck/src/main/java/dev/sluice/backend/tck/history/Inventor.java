package dev.sluice.backend.tck.history;

import static dev.sluice.backend.tck.history.Vocabulary.oneIn;
import static dev.sluice.backend.tck.history.Vocabulary.pick;

import dev.sluice.backend.Heartbeat;
import dev.sluice.backend.Lane;
import dev.sluice.backend.MessageType;
import dev.sluice.backend.NewMessage;
import dev.sluice.backend.NewWork;
import dev.sluice.backend.QueueLimits;
import dev.sluice.backend.Registration;
import dev.sluice.backend.SessionState;
import dev.sluice.backend.StatusReport;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes up what calls carry. */
final class Inventor {

  static final long DAY_MS = Duration.ofDays(1).toMillis();

  private final Random random;

  Inventor(Random random) {
    this.random = random;
  }

  /** Work of that id; mostly of the same content as other work with that id. */
  NewWork work(String session, long now) {
    return new NewWork(
        session,
        oneIn(random, 2) ? session : pick(random, Vocabulary.ISSUES),
        "ISSUE",
        pick(random, Vocabulary.PROJECTS),
        pick(random, Vocabulary.CAPABILITIES),
        1 + random.nextInt(2),
        now - now % 60_000,
        oneIn(random, 5) ? later(now) : 0,
        oneIn(random, 6) ? later(now) : 0,
        oneIn(random, 12) ? "other" : "hash",
        "{\"n\":" + random.nextInt(1_000) + "}");
  }

  /** Soon, now, just over, or after midnight. */
  long later(long now) {
    return pick(
        random,
        List.of(
            now - 1,
            now,
            now + 1,
            now + 5_000,
            now + 30_000,
            now + 60_000,
            now + 200_000,
            (now / DAY_MS + 1) * DAY_MS));
  }

  Registration registration(String worker) {
    return new Registration(
        worker,
        pick(random, Vocabulary.KEYS),
        pick(random, Vocabulary.DIALECTS),
        "host",
        1 + random.nextInt(4),
        pick(
            random,
            List.of(
                List.of(),
                List.of(),
                List.of(),
                Vocabulary.PROJECTS.subList(1, 2),
                Vocabulary.PROJECTS.subList(1, 4))),
        pick(
            random,
            List.of(
                List.of(),
                List.of("gpu", "mac", "x"),
                List.of("gpu", "mac", "x"),
                List.of("mac", "gpu"))),
        oneIn(random, 25),
        "{\"n\":" + random.nextInt(1_000) + "}");
  }

  Heartbeat heartbeat() {
    return new Heartbeat(
        random.nextInt(4),
        oneIn(random, 4) ? 1 + random.nextInt(4) : null,
        oneIn(random, 4) ? (Boolean) oneIn(random, 8) : null);
  }

  StatusReport report(SessionState target) {
    TreeMap<String, String> fields = new TreeMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      fields.put("f" + random.nextInt(3), String.valueOf(random.nextInt(100)));
    }
    return new StatusReport(target, fields, pick(random, List.of(-1L, 0L, 400L, 1_000L)));
  }

  NewMessage message() {
    return new NewMessage(
        pick(random, List.of(MessageType.DIRECTIVE, MessageType.NUDGE, MessageType.HOOK_RESULT)),
        pick(random, List.of(Lane.values())),
        "payload " + random.nextInt(1_000),
        null,
        "A user");
  }

  QueueLimits limits() {
    @Nullable Integer concurrent = oneIn(random, 2) ? null : pick(random, List.of(0, 1, 2, 3, 3));
    @Nullable Long budget =
        oneIn(random, 4) ? null : pick(random, List.of(0L, 500L, 1_000L, 3_000L, 9_000L));
    return new QueueLimits(concurrent, budget);
  }
}
