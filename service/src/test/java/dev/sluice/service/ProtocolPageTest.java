package dev.sluice.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.events.EventType;
import dev.sluice.service.errors.ErrorCode;
import dev.sluice.service.openapi.AsyncApiDocument;
import dev.sluice.service.openapi.OpenApiDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProtocolPageTest {

  private static final Path HOUSE = Path.of("..");

  private static final Pattern TEST =
      Pattern.compile("`([A-Z]\\w+(?:Contract|Cases|Fixtures|Test))(?:#(\\w+))?`");

  /** A row of the table of errors: its status and its code. */
  private static final Pattern ERROR = Pattern.compile("(?m)^\\| (\\d{3}) \\| `([a-z-]+)` \\|");

  /** A row of the table of events: its type. */
  private static final Pattern EVENT = Pattern.compile("(?m)^\\| `[a-z]+\\.[a-z-]+` \\|.*$");

  private static final Pattern LINK = Pattern.compile("\\]\\(#([^)]+)\\)");

  @Test
  void everyTestItNamesExists() throws IOException {
    List<MatchResult> named = TEST.matcher(page()).results().toList();
    assertThat(named).hasSizeGreaterThan(30);
    for (MatchResult test : named) {
      String source = source(test.group(1));
      if (test.group(2) != null) {
        assertThat(source.contains(" " + test.group(2) + "()")).as(test.group()).isTrue();
      }
    }
  }

  @Test
  void everyChapterNamesItsTests() throws IOException {
    String[] chapters = page().split("\n## ");
    assertThat(chapters).hasSizeGreaterThan(10);
    for (int i = 1; i < chapters.length; i++) { // the first is the table of contents
      assertThat(chapters[i]).contains("inned by `");
    }
  }

  @Test
  void everyLinkInsideThePageLeadsToASection() throws IOException {
    List<String> anchors =
        page().lines().filter(line -> line.startsWith("#")).map(ProtocolPageTest::anchor).toList();
    assertThat(LINK.matcher(page()).results().map(link -> link.group(1)).toList())
        .hasSizeGreaterThan(50)
        .allSatisfy(link -> assertThat(anchors).contains(link));
  }

  @Test
  void theTableOfErrorsHasEveryCodeWithItsStatus() throws IOException {
    assertThat(ERROR.matcher(page()).results().map(row -> row.group(1) + " " + row.group(2)))
        .containsExactlyElementsOf(
            Stream.of(ErrorCode.values()).map(code -> code.status() + " " + code.wire()).toList());
  }

  @Test
  void theTableOfEventsHasEveryType() throws IOException {
    JsonNode messages = AsyncApiDocument.load(OpenApiDocument.load("1")).at("/components/messages");
    assertThat(EVENT.matcher(page()).results().map(MatchResult::group))
        .containsExactlyElementsOf(
            Stream.of(EventType.values())
                .map(type -> row(type.wire(), messages.path(type.wire())))
                .toList());
    assertThat(messages).hasSize(EventType.values().length);
  }

  private static String row(String type, JsonNode message) {
    String detail = message.at("/payload/properties/detail/description").asText();
    return "| `%s` | %s | %s |"
        .formatted(type, message.path("summary").asText(), detail)
        .replace("|  |", "| |");
  }

  /** The anchors that hosts of repositories make of headings. */
  private static String anchor(String heading) {
    return heading
        .replaceFirst("^#+ ", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\w -]", "")
        .replace(' ', '-');
  }

  private static String page() throws IOException {
    return Files.readString(HOUSE.resolve("docs/protocol.md"));
  }

  private static String source(String test) throws IOException {
    for (String room : List.of("service/src/test/java", "backends/tck/src/main/java")) {
      try (Stream<Path> files = Files.walk(HOUSE.resolve(room))) {
        List<Path> found = files.filter(file -> file.endsWith(test + ".java")).toList();
        if (!found.isEmpty()) {
          return Files.readString(found.get(0));
        }
      }
    }
    throw new AssertionError("docs/protocol.md names a test that isn't there: " + test);
  }
}
