package dev.sluice.backend.redis.reply;

import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.FigureSeries;
import dev.sluice.backend.figures.Figures;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads answers of list_figures.lua. */
public final class FigureReader {

  private static final Logger LOG = LoggerFactory.getLogger(FigureReader.class);

  private static final String GAUGE = "gauge";

  private final Map<FigureSeries, FigureSeries> series = new TreeMap<>(FigureSeries.ORDER);

  /** True if a sweep looked at waiting work. */
  private boolean looked;

  private FigureReader() {}

  /** Returns the name of a dimension in fields. */
  public static String letter(FigureDimension by) {
    return switch (by) {
      case PROJECT -> "p";
      case MODEL -> "m";
      case HOST -> "h";
      case CAUSE -> "k";
    };
  }

  public static void read(Reply reply, Consumer<FigureBucket> found) {
    for (int i = 0; i < reply.size(); i += 2) {
      long startMs = Long.parseLong(reply.text(i)) * Figures.BUCKET_MS;
      FigureReader reader = new FigureReader();
      Reply.map(reply.list(i + 1)).forEach(reader::addReadable);
      FigureBucket bucket = FigureBucket.of(startMs, reader.series.values());
      if (reader.looked || !bucket.series().isEmpty()) {
        found.accept(bucket);
      }
    }
  }

  /** Damage loses counts only. */
  private void addReadable(String field, String value) {
    try {
      add(field, value);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      LOG.debug("no figure: {}", field, e);
    }
  }

  private void add(String field, String value) {
    if (field.equals(GAUGE)) {
      looked = true;
      addGauges(value);
      return;
    }
    boolean rest = field.length() == 2;
    long number = Long.parseLong(value);
    char metric = field.charAt(1);
    add(
        new FigureSeries(
            rest ? "" : field.substring(3),
            rest,
            metric == 'c' ? number : 0,
            metric == 'd' ? number : 0,
            metric == 'f' ? number : 0,
            metric == 'm' ? number : 0,
            0,
            0));
  }

  private void addGauges(String text) {
    List<String> parts = Text.parts(text);
    addGauge("", true, parts.get(0));
    for (String part : parts.subList(1, parts.size())) {
      addGauge(part.substring(0, part.indexOf(Text.UNIT)), false, part);
    }
  }

  private void addGauge(String name, boolean rest, String text) {
    List<String> fields = Text.fields(text);
    long waiting = Long.parseLong(fields.get(1));
    if (waiting > 0) {
      add(FigureSeries.of(name, rest).gauged(waiting, Long.parseLong(fields.get(2))));
    }
  }

  private void add(FigureSeries more) {
    series.merge(more, more, FigureSeries::and);
  }
}
