package dev.sluice.service.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.sluice.backend.JsonBytes;
import org.junit.jupiter.api.Test;

class JsonBytesTest {

  @Test
  void no_text_is_longer_as_json() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        String text = "a" + Character.toString(c) + "b";
        int written = JsonStringEncoder.getInstance().quoteAsUTF8(text).length;
        boolean shortForm = c < ' ' && written < 8;
        assertThat(JsonBytes.of(text)).as("%x", c).isEqualTo(shortForm ? 8 : written);
        assertThat(written).isLessThanOrEqualTo(JsonBytes.MOST * text.getBytes(UTF_8).length);
      }
    }
  }
}
