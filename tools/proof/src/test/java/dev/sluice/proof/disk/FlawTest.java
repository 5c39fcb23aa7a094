package dev.sluice.proof.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The images find each of the flaws that a store could have. */
@Timeout(600)
class FlawTest {

  private static final int IMAGES = 2_000;

  @ParameterizedTest
  @EnumSource
  void isFound(Flaw flaw) throws Exception {
    Recording recording = Recordings.of(Recordings.SEED).with(flaw::in);
    Scratch scratch = new Scratch(Recordings.directory(Recordings.SEED));
    Optional<String> found =
        IntStream.range(0, IMAGES)
            .mapToObj(number -> Image.of(recording, Recordings.SEED, number))
            .map(image -> image.number() + ": " + scratch.check(recording, image))
            .filter(outcome -> !outcome.endsWith(ImageCheck.GOOD))
            .findFirst();
    System.out.println(flaw + " is found by image " + found.orElse("none"));
    assertThat(found).isPresent();
  }
}
