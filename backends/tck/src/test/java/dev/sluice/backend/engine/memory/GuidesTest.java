package dev.sluice.backend.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays the examples with clock times of docs/guides on the store in memory. */
class GuidesTest {

  private static final Path GUIDES = Path.of("../../docs/guides");

  private static final Pattern TABLE =
      Pattern.compile("\\| time \\| call \\| what happens \\|\n\\|[-|]+\\|\n((?:\\|.*\\|\n)+)");

  private static final Pattern SETTING = Pattern.compile("\\| `(\\w+)\\.(\\w+)` \\| ([^|]+) \\|");

  /**
   * @param rows a time, a call, and its effects
   */
  private record Example(String guide, int number, List<String> rows) {

    @Override
    public String toString() {
      return guide + " " + number;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void each_row_of_an_example_happens(Example example) {
    try (GuideReplay replay = new GuideReplay()) {
      for (String row : example.rows()) {
        try {
          replay(replay, row.substring(2, row.length() - 2).split(" \\| ", -1));
        } catch (AssertionError e) {
          throw new AssertionError(example + ": " + row + "\n" + e.getMessage(), e);
        }
      }
    }
  }

  private static void replay(GuideReplay replay, String[] cells) {
    assertThat(cells).hasSize(3);
    replay.passUntil(cells[0]);
    replay.call(cells[1]);
    for (String effect : cells[2].split("; ")) {
      replay.check(effect);
    }
    replay.requireNoRefusal();
  }

  @Test
  void every_row_with_a_time_is_replayed() throws IOException {
    assertThat(guides()).hasSizeGreaterThan(3);
    for (Path guide : guides()) {
      List<String> rows =
          read(guide).lines().filter(line -> line.matches("\\|.*\\d:\\d.*")).toList();
      assertThat(examplesOf(guide).stream().flatMap(example -> example.rows().stream()))
          .as(guide.toString())
          .isNotEmpty()
          .containsExactlyElementsOf(rows);
    }
  }

  @Test
  void settings_have_the_defaults_of_config_yml() throws IOException {
    String config = read(Path.of("../../config.yml"));
    for (Path guide : guides()) {
      List<MatchResult> settings = SETTING.matcher(read(guide)).results().toList();
      assertThat(settings).as(guide.toString()).isNotEmpty();
      for (MatchResult setting : settings) {
        String block = config.split("\n" + setting.group(1) + ":\n", -1)[1].split("\n\\w", -1)[0];
        String value = setting.group(3).replace(" ", "").replace("min", "m");
        assertThat(block.lines()).contains("  " + setting.group(2) + ": " + value);
      }
    }
  }

  static List<Example> examples() throws IOException {
    return guides().stream().flatMap(guide -> examplesOf(guide).stream()).toList();
  }

  private static List<Path> guides() throws IOException {
    try (Stream<Path> files = Files.list(GUIDES)) {
      return files.sorted().toList();
    }
  }

  private static List<Example> examplesOf(Path guide) {
    List<List<String>> tables =
        TABLE.matcher(read(guide)).results().map(table -> table.group(1).lines().toList()).toList();
    return Stream.iterate(0, i -> i < tables.size(), i -> i + 1)
        .map(i -> new Example(guide.getFileName().toString(), i + 1, tables.get(i)))
        .toList();
  }

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
