package dev.sluice.service.api.items;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.api.JsonBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  @ParameterizedTest
  @CsvSource({
    "00, 01, '', true",
    "00, 00, '', false",
    "00, 03, '', true",
    "00, fe, '', false",
    "01, 01, '', true",
    "cc, 01, -what-comes-later, true",
    "fe, 00, -, false",
  })
  void aRightOneHasItsParts(String version, String flags, String rest, boolean sampled) {
    assertThat(TraceParent.parse(version + "-" + TRACE + "-" + SPAN + "-" + flags + rest))
        .isEqualTo(new TraceParent(TRACE, SPAN, sampled));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        // version
        "ff-" + TRACE + "-" + SPAN + "-01",
        "0-" + TRACE + "-" + SPAN + "-01",
        "0A-" + TRACE + "-" + SPAN + "-01",
        "xy-" + TRACE + "-" + SPAN + "-01",
        // trace id
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473-" + SPAN + "-01",
        "00-" + TRACE + "6-" + SPAN + "-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
        "00-zbf92f3577b34da6a3ce929d0e0e4736-" + SPAN + "-01",
        // parent id
        "00-" + TRACE + "-0000000000000000-01",
        "00-" + TRACE + "-00f067aa0ba902b-01",
        "00-" + TRACE + "-00f067aa0ba902b77-01",
        "00-" + TRACE + "-00F067AA0BA902B7-01",
        "00-" + TRACE + "--01",
        // flags
        "00-" + TRACE + "-" + SPAN + "-",
        "00-" + TRACE + "-" + SPAN + "-1",
        "00-" + TRACE + "-" + SPAN + "-001",
        "00-" + TRACE + "-" + SPAN + "-0G",
        "00-" + TRACE + "-" + SPAN + "-0A",
        // what is around
        "00-" + TRACE + "-" + SPAN + "-01-more",
        "cc-" + TRACE + "-" + SPAN + "-01more",
        " 00-" + TRACE + "-" + SPAN + "-01",
        "00-" + TRACE + "-" + SPAN + "-01\n",
        "00_" + TRACE + "_" + SPAN + "_01",
      })
  void anythingElseIsNone(String wrong) {
    assertThat(TraceParent.parse(wrong)).isNull();
  }

  @Test
  void aLongOneOfALaterVersionIsNone() {
    String later = "01-" + TRACE + "-" + SPAN + "-01-";
    assertThat(TraceParent.parse(later + "x".repeat(255 - later.length()))).isNotNull();
    assertThat(TraceParent.parse(later + "x".repeat(256 - later.length()))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"traceparent\":null}",
        "{\"traceparent\":7}",
        "{\"traceparent\":\"of an earlier release\"}"
      })
  void aStoredItemMayHaveNone(String item) {
    assertThat(TraceParent.of(JsonBody.parse(item))).isNull();
  }
}
