package dev.sluice.backend.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTest {

  @Test
  void aLateResultIsOneJsonObjectWithTheFieldsByName() {
    assertThat(
            Event.lateResult(
                report(
                    SessionState.COMPLETED,
                    Map.of("totalCostUsd", "1.5", "error", "{\"message\":\"no \\\"disk\\\"\"}"))))
        .isEqualTo(
            "{\"status\":\"completed\",\"error\":{\"message\":\"no \\\"disk\\\"\"},"
                + "\"totalCostUsd\":1.5}");
  }

  @Test
  void aLateResultWithoutFieldsIsTheStateAlone() {
    assertThat(Event.lateResult(report(SessionState.FAILED, Map.of())))
        .isEqualTo("{\"status\":\"failed\"}");
  }

  @Test
  void theCostThatTheStoreCountsIsNoField() {
    assertThat(Event.lateResult(new StatusReport(SessionState.STOPPED, new TreeMap<>(), 5)))
        .isEqualTo("{\"status\":\"stopped\"}");
  }

  @Test
  void aLateResultLongerThanADetailKeepsTheStateAlone() {
    String frame = Event.lateResult(report(SessionState.FAILED, Map.of("error", "\"\"")));
    int room = Event.MAX_DETAIL_BYTES - frame.length();

    String longest =
        Event.lateResult(report(SessionState.FAILED, Map.of("error", text("x", room))));
    assertThat(bytes(longest)).isEqualTo(Event.MAX_DETAIL_BYTES);
    assertThat(Event.lateResult(report(SessionState.FAILED, Map.of("error", text("x", room + 1)))))
        .isEqualTo("{\"status\":\"failed\"}");
  }

  @Test
  void theLengthOfADetailIsThatOfItsUtf8() {
    String frame = Event.lateResult(report(SessionState.FAILED, Map.of("error", "\"\"")));
    int room = (Event.MAX_DETAIL_BYTES - frame.length()) / 3;

    assertThat(Event.lateResult(report(SessionState.FAILED, Map.of("error", text("\u6f22", room)))))
        .contains("\u6f22");
    assertThat(
            Event.lateResult(
                report(SessionState.FAILED, Map.of("error", text("\u6f22", room + 1)))))
        .isEqualTo("{\"status\":\"failed\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "ENQUEUED, enqueued",
    "LEASE_LOST, lease-lost",
    "ACCEPT_MISSED, accept-missed",
    "LATE_RESULT, late-result",
  })
  void theWireNamesAreLowerCaseWithHyphens(Event.Kind kind, String wire) {
    assertThat(kind.wire()).isEqualTo(wire);
  }

  private static StatusReport report(SessionState state, Map<String, String> fields) {
    return new StatusReport(state, new TreeMap<>(fields), -1);
  }

  /** A JSON string of so many characters. */
  private static String text(String character, int length) {
    return '"' + character.repeat(length) + '"';
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
