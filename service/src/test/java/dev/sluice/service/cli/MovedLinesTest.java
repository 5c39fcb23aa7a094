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

  private static InputStream export(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
