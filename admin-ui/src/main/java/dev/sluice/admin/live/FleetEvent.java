package dev.sluice.admin.live;

import dev.sluice.admin.fleet.Finding;
import dev.sluice.admin.fleet.FleetSnapshot;
import dev.sluice.admin.fleet.Reading;
import dev.sluice.admin.view.JsonText;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param json without line breaks
 */
record FleetEvent(String mark, String json) {

  static final String NAME = "fleet";

  static FleetEvent of(Reading reading, long now) {
    FleetSnapshot fleet = reading.fleet();
    List<dev.sluice.backend.findings.Finding> calling =
        reading.findings().stream().filter(each -> each.calls(now)).map(Finding::record).toList();
    return new FleetEvent(
        reading.mark(),
        JsonText.object(
            "mark",
            reading.mark(),
            "now",
            now,
            "taken",
            fleet == null ? 0 : fleet.takenAtMs(),
            "away",
            reading.away(),
            "alerts",
            calling.size(),
            "latest",
            latest(calling)));
  }

  /** Returns the finding that began last, or null. */
  private static @Nullable Map<String, Object> latest(
      List<dev.sluice.backend.findings.Finding> calling) {
    return calling.stream()
        .max(Comparator.comparingLong(dev.sluice.backend.findings.Finding::beganAtMs))
        .map(each -> JsonText.map("key", each.key(), "at", each.beganAtMs(), "words", each.words()))
        .orElse(null);
  }

  /** As a stream sends it. */
  String text() {
    return "event: " + NAME + "\ndata: " + json + "\n\n";
  }
}
