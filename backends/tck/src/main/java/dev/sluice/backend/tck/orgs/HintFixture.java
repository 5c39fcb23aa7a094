package dev.sluice.backend.tck.orgs;

import dev.sluice.backend.Hint;
import dev.sluice.backend.Hint.Kind;
import dev.sluice.backend.Hints;
import dev.sluice.backend.tck.Fixture;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** How the cases wait for hints. */
abstract class HintFixture extends Fixture {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** The call must be followed by that hint. */
  void assertHint(Kind kind, String name, Runnable call) {
    BlockingQueue<Hint> heard = new LinkedBlockingQueue<>();
    try (Hints.Subscription subscription = hints().subscribe(heard::add)) {
      fence(heard);
      call.run();
      await(heard, new Hint(org, kind, name));
    }
  }

  /** Lets hints of what was done before pass, so that none of them is taken for the one awaited. */
  void fence(BlockingQueue<Hint> heard) {
    String nowhere = "fence-" + UUID.randomUUID();
    enqueue(work(nowhere).project(nowhere).needs());
    await(heard, new Hint(org, Kind.WORK, nowhere));
    stop(nowhere);
    heard.clear();
  }

  static void await(BlockingQueue<Hint> heard, Hint wanted) {
    long patienceEnds = System.nanoTime() + PATIENCE.toNanos();
    try {
      for (Hint hint = null; !wanted.equals(hint); ) {
        hint = heard.poll(patienceEnds - System.nanoTime(), TimeUnit.NANOSECONDS);
        assertThat(hint).as("any hint, awaiting %s", wanted).isNotNull();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
