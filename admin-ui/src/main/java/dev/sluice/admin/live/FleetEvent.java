package dev.sluice.admin.live;

import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.JsonText;
import dev.sluice.fleet.Finding;
import dev.sluice.fleet.FleetSnapshot;
import dev.sluice.fleet.Reading;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * @param json without line breaks
 */
record FleetEvent(String mark, String json) {

  static final String NAME = "fleet";

  private static final int MOST_NEWS = 10;

  private static final int MAX_WORDS = 160;

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
            "news",
            news(calling)));
  }

  /** Returns the findings that began last, latest first. */
  private static List<Map<String, Object>> news(List<dev.sluice.backend.findings.Finding> calling) {
    return calling.stream()
        .sorted(Comparator.comparingLong(dev.sluice.backend.findings.Finding::beganAtMs).reversed())
        .limit(MOST_NEWS)
        .map(
            each ->
                JsonText.map(
                    "key",
                    each.key(),
                    "at",
                    each.beganAtMs(),
                    "words",
                    Formats.cut(each.words(), MAX_WORDS)))
        .toList();
  }

  /** As a stream sends it. */
  String text() {
    return "event: " + NAME + "\ndata: " + json + "\n\n";
  }
}
