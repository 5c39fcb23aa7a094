package dev.sluice.service.resources.operator;

import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.Figures;
import dev.sluice.backend.keys.Scope;
import dev.sluice.service.api.answers.HistoryAnswer;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.errors.ApiException;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

@Path("api/history")
@Produces(MediaType.APPLICATION_JSON)
public final class HistoryResource {

  private static final long DAY_MS = 24 * 60 * 60_000L;

  /** The year 9999; sums of it don't overflow. */
  private static final long MAX_TIME_MS = 253_402_300_799_999L;

  private final Figures figures;
  private final Clock clock;

  public HistoryResource(Figures figures, Clock clock) {
    this.figures = figures;
    this.clock = clock;
  }

  /** A caller bound to projects sees those; the other figures are of the whole org. */
  @GET
  public HistoryAnswer get(
      @Auth Caller caller,
      @QueryParam("by") @Nullable String by,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to) {
    String org = caller.require(Scope.FLEET_READ).org();
    FigureDimension dimension = dimension(by);
    if (dimension != FigureDimension.PROJECT) {
      caller.requireWholeOrg();
    }
    long toMs = time("to", to, clock.millis() + 1);
    long fromMs = time("from", from, Math.max(0, toMs - DAY_MS));
    if (fromMs > toMs || toMs - fromMs > Figures.KEPT_MS) {
      throw ApiException.invalid("from", "must be at most 7 days before to");
    }
    return HistoryAnswer.of(
        dimension,
        fromMs,
        toMs,
        figures.read(org, dimension, fromMs, toMs),
        series -> !caller.bound() || (!series.rest() && caller.sees(series.name())));
  }

  private static FigureDimension dimension(@Nullable String by) {
    if (by == null || by.isEmpty()) {
      return FigureDimension.PROJECT;
    }
    for (FigureDimension each : FigureDimension.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(by)) {
        return each;
      }
    }
    throw ApiException.invalid("by", "must be project, model, host or cause");
  }

  private static long time(String name, @Nullable String text, long missing) {
    if (text == null || text.isEmpty()) {
      return missing;
    }
    try {
      long ms = Long.parseLong(text);
      if (ms >= 0 && ms <= MAX_TIME_MS) {
        return ms;
      }
    } catch (NumberFormatException e) {
      // answered below
    }
    throw ApiException.invalid(name, "must be a time in epoch milliseconds");
  }
}
