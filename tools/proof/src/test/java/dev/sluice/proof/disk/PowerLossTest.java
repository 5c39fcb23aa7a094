package dev.sluice.proof.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A power cut at any moment takes nothing that was acknowledged.
 *
 * <p>{@code mvn -Pproof verify -Dseed=7 -Dimages=10000} is the long form. After a failure {@code
 * target/proof/seed-7} has the recording and the image, and {@code -Drecording=true -Dimage=123}
 * checks that image again.
 */
@Timeout(7200)
class PowerLossTest {

  private static final long SEED = Recordings.SEED;

  /** The only one, if it is given. */
  private static final int FIRST = Integer.getInteger("image", 0);

  private static final int IMAGES = Integer.getInteger("images", defaultImages());
  private static final int MOST_FAILURES = 10;

  @Test
  void nothingAcknowledgedIsMissing() throws Exception {
    System.out.printf("Power loss: seed %d, %,d images%n", SEED, IMAGES);
    Recording recording = Recordings.of(SEED);
    Scratch scratch = new Scratch(Recordings.directory(SEED));
    List<String> failures = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger missing = new AtomicInteger();
    long begun = System.nanoTime();
    IntStream.range(FIRST, FIRST + IMAGES)
        .parallel()
        .forEach(
            number -> {
              Image image = Image.of(recording, SEED, number);
              ImageCheck.Outcome outcome = scratch.check(recording, image);
              refused.addAndGet(outcome.refused() == null ? 0 : 1);
              missing.addAndGet(outcome.missing().size());
              if (!outcome.good() && failures.size() < MOST_FAILURES) {
                failures.add(scratch.keep(image, SEED, outcome));
              }
            });
    System.out.printf(
        "%,d calls acknowledged, %,d events, %d ms an image%n",
        recording.plans().stream().mapToInt(plan -> plan.ops().size()).sum(),
        recording.moments(),
        (System.nanoTime() - begun) / 1_000_000 / IMAGES);
    System.out.printf(
        "%,d images of seed %d: %d acknowledged operations missing, %d damaged starts%n",
        IMAGES, SEED, missing.get(), refused.get());
    assertThat(failures).isEmpty();
    assertThat(missing.get() + refused.get()).isZero();
  }

  private static int defaultImages() {
    if (Integer.getInteger("image") != null) {
      return 1;
    }
    return Recordings.LONG ? 10_000 : 300;
  }
}
