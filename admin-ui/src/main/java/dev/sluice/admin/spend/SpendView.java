package dev.sluice.admin.spend;

import dev.sluice.admin.charts.StoredHistory;
import dev.sluice.admin.view.Fact;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.SessionName;
import dev.sluice.admin.view.Tab;
import dev.sluice.admin.view.WorkerName;
import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.FigureSeries;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.fleet.FleetSnapshot;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * @param range such as {@code 24 h}
 * @param outliers number of running sessions that cost far more than others of their project
 */
public record SpendView(
    List<Tab> tabs,
    List<Fact> facts,
    String range,
    Rows<Burner> burners,
    @Nullable String outliers,
    List<Group> groups) {

  private static final int MOST_BURNERS = 20;
  private static final int MOST_ROWS = 20;

  /**
   * @param typical cost of a session of its project; null if unknown
   */
  public record Burner(
      SessionName session,
      Ref project,
      WorkerName worker,
      String cost,
      String age,
      @Nullable String typical,
      boolean outlier) {}

  /**
   * @param title such as {@code Project}
   */
  public record Group(String title, String by, Rows<Share> table) {}

  /**
   * @param each all costs divided by completed sessions; null if none completed
   */
  public record Share(
      @Nullable Ref ref,
      String name,
      String cost,
      String percent,
      String claims,
      String completed,
      String failed,
      @Nullable String each) {}

  static List<Claim> top(FleetSnapshot fleet) {
    return fleet.claims().all().stream()
        .filter(claim -> claim.costMicroUsd() > 0)
        .sorted(Comparator.comparingLong(claim -> -claim.costMicroUsd()))
        .limit(MOST_BURNERS)
        .toList();
  }

  static Rows<Burner> burners(
      List<Claim> top,
      Typical typical,
      Function<String, SessionName> names,
      FleetSnapshot fleet,
      Links links) {
    return new Rows<>(
        top.stream()
            .map(
                claim -> {
                  long usual = typical.microUsd(claim);
                  return new Burner(
                      names.apply(claim.id()),
                      new Ref(claim.project(), links.queue(claim.project())),
                      WorkerName.of(claim.owner(), fleet.host(claim.owner()), links),
                      Formats.usd(claim.costMicroUsd()),
                      Formats.span(fleet.takenAtMs() - claim.claimedAtMs()),
                      usual == 0 ? null : Formats.usd(usual),
                      typical.isOutlier(claim));
                })
            .toList());
  }

  static Group group(FigureDimension by, List<FigureBucket> buckets, Links links) {
    Collection<FigureSeries> sums = StoredHistory.sums(buckets);
    long total = sums.stream().mapToLong(FigureSeries::costMicroUsd).sum();
    List<Share> shares =
        sums.stream()
            .filter(
                series ->
                    !series.gauged(0, 0).equals(FigureSeries.of(series.name(), series.rest())))
            .sorted(Comparator.comparingLong(series -> -series.costMicroUsd()))
            .limit(MOST_ROWS)
            .map(series -> share(by, series, total, links))
            .toList();
    String title = by.name().charAt(0) + by.name().substring(1).toLowerCase(Locale.ROOT);
    return new Group(title, title.toLowerCase(Locale.ROOT), new Rows<>(shares));
  }

  private static Share share(FigureDimension by, FigureSeries series, long total, Links links) {
    return new Share(
        ref(by, series, links),
        series.rest() ? "all others" : "none",
        Formats.usd(series.costMicroUsd()),
        total <= 0 ? "–" : Math.round(100.0 * Math.max(0, series.costMicroUsd()) / total) + " %",
        Formats.count(series.claims()),
        Formats.count(series.completed()),
        Formats.count(series.failed()),
        series.completed() == 0
            ? null
            : Formats.usd(Math.max(0, series.costMicroUsd()) / series.completed()));
  }

  private static @Nullable Ref ref(FigureDimension by, FigureSeries series, Links links) {
    if (series.name().isEmpty()) {
      return null;
    }
    return new Ref(
        series.name(),
        switch (by) {
          case PROJECT -> links.queue(series.name());
          case HOST -> links.host(series.name());
          case MODEL, CAUSE -> null;
        });
  }
}
