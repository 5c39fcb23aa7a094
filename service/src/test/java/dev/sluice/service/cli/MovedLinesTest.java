package dev.sluice.service.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class MovedLinesTest {

  private static final String BEGIN = "{\"type\":\"sluice-export\"}\n";
  private static final String SESSION = "{\"type\":\"session\",\"id\":\"a\"}\n";
  private static final String END = "{\"type\":\"end\"}\n";

  private final MovedLines lines = new MovedLines();

  @Test
  void whole_exports_of_the_same_records_have_no_differences() throws Exception {
    lines.remember(export(BEGIN + SESSION + END)).readAllBytes();
    lines.compare(export(BEGIN + SESSION + END));

    assertThat(lines.differences()).isEmpty();
  }

  /** A server whose store doesn't answer ends its answer. */
  @Test
  void an_export_without_its_last_line_is_no_end() {
    for (String cut : new String[] {"", BEGIN, BEGIN + SESSION}) {
      InputStream source = lines.remember(export(cut));
      assertThatThrownBy(source::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("broke off");
      assertThatThrownBy(() -> lines.compare(export(cut))).hasMessageContaining("broke off");
    }
  }

  @Test
  void the_reason_of_a_server_that_breaks_off_is_told() {
    String failed = BEGIN + SESSION + "{\"type\":\"failed\",\"reason\":\"the org was open\"}\n";

    assertThatThrownBy(() -> lines.compare(export(failed)))
        .isInstanceOf(IOException.class)
        .hasMessage("an export broke off: the org was open");
  }

  private static final String NAMED =
      "{\"type\":\"session\",\"id\":\"a\",%s\"queuedAtMs\":1795569518959,\"item\":\"{\\\"a\\\":1.0}\"}\n";

  private static final String SUBJECT =
      "\"subject\":{\"title\":\"T\",\"branch\":\"\",\"model\":\"\"},";

  @Test
  void a_target_makes_the_subjects_that_a_source_of_format_1_lacks() throws Exception {
    String source = NAMED.formatted("");
    String target = NAMED.formatted(SUBJECT);

    assertThat(differences(1, source, target)).isEmpty();
    assertThat(differences(1, source, target.replace("\"a\",", "\"b\","))).contains("session b");
  }

  @Test
  void subjects_of_format_2_are_compared() throws Exception {
    String session = NAMED.formatted(SUBJECT);

    assertThat(differences(2, session, session)).isEmpty();
    assertThat(differences(2, session, session.replace("\"T\"", "\"U\""))).contains("session a");
  }

  private static String differences(int format, String source, String target) throws Exception {
    MovedLines both = new MovedLines();
    String begin = "{\"type\":\"sluice-export\",\"format\":" + format + "}\n";
    both.remember(export(begin + source + END)).readAllBytes();
    both.compare(export(begin.replace("1}", "2}") + target + END));
    return both.differences();
  }

  private static InputStream export(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
