package dev.sluice.backend.redis.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedItemTest {

  private static final String ID = "ses_1";
  private static final String PROJECT = "web";
  private static final long QUEUED_AT = 1_795_876_547_753L;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "no JSON, \"ses_1",
        "\"",
        "{\"sessionId\":\"ses_1\",\"projectName\":\"web\",\"prompt\":\"in web, of ses_1\"}",
        "{\"sessionId\":\"ses_10\",\"projectName\":\"website\",\"queuedAt\":1795876547753}",
        "{\"prompt\":\"x\",\"queuedAt\":17958765477531,\"queuedAt\":1795876547753}",
        "{\"prompt\":\"x\",\"queuedAt\":1,\"issueId\":\"ses_1\",\"issueIdentifier\":\"WEB-1\"}",
        "{ \"sessionId\": \"ses_1\",\n\t\"prompt\": \"white\\u0001 space\" }\r\n",
        "{\"a\":\"web\",\"ses_1\":\"web\",\"prompt\":\"\",\"prompt\":\"\\\",\\\"prompt\\\":\\\"\"}",
        ",\"priority\":,\"priority\":\"ses_1ses_1\"\"web\"\"",
        "{\"prompt\":\"ein Müßiggänger \uD83D\uDE80\"}",
        "codes \u0002 \u0003 \u0004 \u0005 \u001b",
        "\u0001",
        "\u0000\u001c\u001d\u001e\u001f"
      })
  void comes_back_as_it_was(String item) {
    for (String title : List.of("", "x", "white", "x\u2026", "in web, of\u2026", "ein M")) {
      String packed = PackedItem.pack(item, ID, PROJECT, QUEUED_AT, title);

      assertThat(PackedItem.unpack(packed, ID, PROJECT, QUEUED_AT, title)).isEqualTo(item);
    }
  }

  @Test
  void repeats_no_title() {
    String item = "{\"prompt\":\"Fix the test that fails\",\"title\":\"Fix the test\\n\"}";

    assertThat(PackedItem.pack(item, ID, PROJECT, QUEUED_AT, "Fix the test\u2026"))
        .isEqualTo("{\"prompt\":\"\0 that fails\"\u0017\0\\n\"}");
  }

  @Test
  void repeats_no_ids_and_no_frequent_names() {
    String item =
        "{\"sessionId\":\"ses_1\",\"projectName\":\"web\",\"prompt\":\"x\",\"issueId\":\"ses_1\","
            + "\"issueIdentifier\":\"ses_1\",\"queuedAt\":1795876547753}";

    String packed = PackedItem.pack(item, ID, PROJECT, QUEUED_AT, "");

    assertThat(packed)
        .isEqualTo("\u0005\u0002\"\u000e\u0003\"\u0011x\"\u0007\u0002\"\u0008\u0002\"\u0004}");
  }
}
