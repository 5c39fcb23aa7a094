package dev.sluice.admin.acts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormTimeTest {

  @ParameterizedTest
  @CsvSource({
    // now, typed, zone, until
    "2026-11-28T09:00:00Z, 10:20, , 2026-11-28T10:20:00Z",
    "2026-11-28T10:20:00Z, 10:20, , 2026-11-29T10:20:00Z",
    "2026-11-28T10:21:00Z, 10:20, , 2026-11-29T10:20:00Z",
    "2026-11-28T09:00:00Z, 9:05, , 2026-11-28T09:05:00Z",
    "2026-11-28T09:00:00Z, 10:20, Europe/Berlin, 2026-11-28T09:20:00Z",
    "2026-11-28T23:30:00Z, 0:20, Europe/Berlin, 2026-11-29T23:20:00Z",
    "2026-11-28T09:00:00Z, 10:20, America/Los_Angeles, 2026-11-28T18:20:00Z",
    "2026-11-28T09:00:00Z, 10:20, Asia/Kolkata, 2026-11-29T04:50:00Z",
    "2026-11-28T09:00:00Z, 10:20, +05:30, 2026-11-29T04:50:00Z",
    "2026-11-28T09:00:00Z, 2026-12-24 18:00, Europe/Berlin, 2026-12-24T17:00:00Z",
    "2026-11-28T09:00:00Z, 2026-12-24T18:00, Europe/Berlin, 2026-12-24T17:00:00Z",
    "2026-11-28T09:00:00Z, 2026-12-24T18:00:30, Europe/Berlin, 2026-12-24T17:00:30Z",
    "2026-11-28T09:00:00Z, 2026-12-24 18:00Z, Europe/Berlin, 2026-12-24T18:00:00Z",
    "2026-11-28T09:00:00Z, 2026-12-24 18:00 UTC, Europe/Berlin, 2026-12-24T18:00:00Z",
    "2026-11-28T09:00:00Z, 2026-12-24 18:00 UTC, Europe/Nowhere, 2026-12-24T18:00:00Z",
    "2026-11-28T09:00:00Z, 10:20, EST, 2026-11-28T15:20:00Z",
    // the hour that the clocks leave out, the hour that they repeat, the night of each
    "2026-03-28T12:00:00Z, 2026-03-29 02:30, Europe/Berlin, 2026-03-29T01:30:00Z",
    "2026-10-24T12:00:00Z, 2026-10-25 02:30, Europe/Berlin, 2026-10-25T00:30:00Z",
    "2026-10-24T20:00:00Z, 10:20, Europe/Berlin, 2026-10-25T09:20:00Z"
  })
  void aTimeIsTheNextOneInItsZone(Instant now, String typed, String zone, Instant until) {
    assertThat(FormTime.of(input(typed, zone), "until", now.toEpochMilli()))
        .isEqualTo(until.toEpochMilli());
  }

  @Test
  void nothingTypedIsNoTime() {
    assertThat(FormTime.of(input(" ", "Nowhere"), "until", 0)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "24:00",
        "10:60",
        ":20",
        "10",
        "10:20:30",
        "today",
        "2026-11-31 10:00",
        "2026-11-28",
        "2026-11-28 10:00+01:00",
        "+12026-01-01 10:00",
        "１０:２０",
        "-1:00"
      })
  void othersAreRefused(String typed) {
    assertThatThrownBy(() -> FormTime.of(input(typed, "Europe/Berlin"), "until", 0))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageContaining("must be a time like");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Europe/Nowhere", "<b>", "EST5EDT4,M3.2.0", "../../etc/passwd"})
  void aZoneThatIsNoneIsRefused(String zone) {
    for (String each : new String[] {zone, zone.repeat(100)}) {
      assertThatThrownBy(() -> FormTime.of(input("10:20", each), "until", 0))
          .isInstanceOf(InvalidFieldException.class)
          .hasMessageContaining("time zone");
    }
  }

  private static FormInput input(String typed, String zone) {
    MultivaluedHashMap<String, String> fields = new MultivaluedHashMap<>();
    fields.putSingle("until", typed);
    if (zone != null) {
      fields.putSingle("zone", zone);
    }
    return new FormInput(fields);
  }
}
