package dev.sluice.proof.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A second power cut, such as during the start after the first one, takes nothing either. */
@Timeout(7200)
class SecondPowerLossTest {

  private static final long SEED = Recordings.SEED;

  /** Images that a process begins on. */
  private static final int STARTS = Recordings.LONG ? 20 : 1;

  private static final int IMAGES = Recordings.LONG ? 100 : 60;

  /** Few, so that most images are of the start. */
  private static final int CALLS = 4;

  @Test
  void nothingAcknowledgedIsMissing() throws Exception {
    Recording first = Recordings.of(SEED);
    int[] numbers =
        IntStream.iterate(0, number -> number + 1)
            .filter(number -> !Image.of(first, SEED, number).files().isEmpty())
            .limit(STARTS)
            .toArray();
    for (int number : numbers) {
      Path at = Recordings.directory(SEED).resolve("second-" + number);
      Scratch scratch = new Scratch(at);
      Recording second = first.goOn(at, Image.of(first, SEED, number), SEED, CALLS);
      List<String> failures =
          IntStream.range(0, IMAGES)
              .parallel()
              .mapToObj(i -> failure(scratch, second, Image.of(second, SEED, i)))
              .filter(failure -> !failure.isEmpty())
              .toList();
      assertThat(failures).as("on image %d", number).isEmpty();
    }
    System.out.printf(
        "%,d images of a second power cut, after %d starts on images of seed %d: nothing missing%n",
        STARTS * IMAGES, STARTS, SEED);
  }

  private static String failure(Scratch scratch, Recording recording, Image image) {
    ImageCheck.Outcome outcome = scratch.check(recording, image);
    return outcome.good() ? "" : scratch.keep(image, SEED, outcome);
  }
}
