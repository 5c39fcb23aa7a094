package dev.sluice.backend.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.tck.PromiseTable.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * docs/rules.md says where each promise is tested: that is so, and no case of the kit is left out.
 */
class PromisesTest {

  private static final String HEADING = "## Where each promise is tested";
  private static final Path REPOSITORY = Path.of("").toAbsolutePath().resolve("../..").normalize();
  private static final Sources SOURCES = Sources.of(REPOSITORY);

  @Test
  void every_test_that_the_table_names_exists() {
    assertThat(tests(table()).filter(test -> !SOURCES.have(test))).as("named in vain").isEmpty();
  }

  @Test
  void every_row_names_a_test_or_the_step_that_brings_it() {
    assertThat(table().rows())
        .isNotEmpty()
        .allSatisfy(
            row -> {
              if (row.tests().isEmpty()) {
                assertThat(row.where()).as(row.promise()).startsWith("step ");
              }
            });
  }

  @Test
  void every_file_of_cases_is_named() {
    List<String> named = tests(table()).map(Named::type).distinct().toList();

    assertThat(SOURCES.typesEndingWith("Cases")).isNotEmpty();
    assertThat(casesOfTheKit()).allSatisfy(type -> assertThat(named).contains(type));
  }

  @Test
  void every_file_of_cases_is_run() {
    List<String> run =
        Stream.of(QueueBackendContract.class.getDeclaredClasses())
            .filter(type -> type.isAnnotationPresent(Nested.class))
            .map(type -> type.getSuperclass().getSimpleName())
            .toList();

    assertThat(run).containsExactlyInAnyOrderElementsOf(casesOfTheKit());
  }

  // That the look-up itself would notice

  @Test
  void a_name_that_nobody_has_is_noticed() {
    String table =
        """
        # Rules

        ## A table

        | promise | tested by |
        |---|---|
        | One. | `OrderCases` `equals_go_by_the_unsigned_bytes_of_their_ids`, `no_such_test` |
        | Two. | `NoSuchCases`; `PromisesTest` |
        | Three. | step durable |

        ## Another

        | Four. | `NotLookedAt` |
        """;

    assertThat(tests(PromiseTable.under("## A table", table)).filter(test -> !SOURCES.have(test)))
        .containsExactly(new Named("OrderCases", "no_such_test"), new Named("NoSuchCases", null));
  }

  @Test
  void a_row_that_cannot_be_read_is_noticed() {
    assertThatThrownBy(() -> PromiseTable.under("## A", "\n## A\n\n| One. | `a_method` |\n"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PromiseTable.under("## A", "\n## A\n\n| One. | `A` | more |\n"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PromiseTable.under("## B", "\n## A\n"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static PromiseTable table() {
    try {
      return PromiseTable.under(HEADING, Files.readString(REPOSITORY.resolve("docs/rules.md")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Named> tests(PromiseTable table) {
    return table.rows().stream().flatMap(row -> row.tests().stream());
  }

  /** Those in the package of the kit itself. */
  private static List<String> casesOfTheKit() {
    Path kit = REPOSITORY.resolve("backends/tck/src/main/java/dev/sluice/backend/tck");
    return SOURCES.typesEndingWith("Cases").stream()
        .filter(type -> Files.exists(kit.resolve(type + ".java")))
        .toList();
  }
}
