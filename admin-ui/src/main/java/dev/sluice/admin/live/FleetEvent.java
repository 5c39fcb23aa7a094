package dev.sluice.admin.live;

import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.JsonText;
import dev.sluice.fleet.Finding;
import dev.sluice.fleet.FleetSnapshot;
import dev.sluice.fleet.Reading;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param news the findings that began last, latest first
 * @param json without line breaks, with the news
 * @param brief without them
 */
record FleetEvent(String mark, List<Map<String, Object>> news, String json, String brief) {

  static final String NAME = "fleet";

  private static final int MOST_NEWS = 10;

  private static final int MAX_WORDS = 160;

  static FleetEvent of(Reading reading, long now) {
    List<dev.sluice.backend.findings.Finding> calling =
        reading.findings().stream().filter(each -> each.calls(now)).map(Finding::record).toList();
    List<Map<String, Object>> news = news(calling);
    return new FleetEvent(
        reading.mark(),
        news,
        json(reading, now, calling.size(), news),
        json(reading, now, calling.size(), null));
  }

  private static String json(Reading reading, long now, int alerts, @Nullable Object news) {
    FleetSnapshot fleet = reading.fleet();
    return JsonText.object(
        "mark",
        reading.mark(),
        "now",
        now,
        "taken",
        fleet == null ? 0 : fleet.takenAtMs(),
        "away",
        reading.away(),
        "alerts",
        alerts,
        "news",
        news);
  }

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
    return text(json);
  }

  /** Leaves out the news that an event before had. */
  String text(FleetEvent before) {
    return text(news.equals(before.news) ? brief : json);
  }

  private static String text(String data) {
    return "event: " + NAME + "\ndata: " + data + "\n\n";
  }
}
