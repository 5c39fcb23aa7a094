package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.stops.StopOrder;
import dev.sluice.control.StopReceipt;
import dev.sluice.control.StopReceipt.Kind;
import dev.sluice.control.StopReport;
import dev.sluice.control.StoppedMany;
import java.util.List;
import org.jspecify.annotations.Nullable;

public final class StopAnswers {

  private StopAnswers() {}

  /** A stop order. {@code more} is true if others still run: an order is bounded. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Ordered(String id, @Nullable String project, int targets, boolean more) {

    public static Ordered of(StoppedMany stopped) {
      StopOrder run = stopped.run();
      return new Ordered(run.id(), run.project(), run.targets().size(), stopped.more());
    }
  }

  /**
   * The receipts of an order: docs/api.md, "Stop a project or the org". Each target counts in
   * exactly one of {@code sent} to {@code silent}.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Receipts(
      String id,
      @Nullable String project,
      String by,
      String reason,
      long at,
      int targets,
      long sent,
      long delivered,
      long acknowledged,
      long ended,
      long silent,
      long confirmed,
      long unconfirmed,
      long stillReporting,
      List<String> hosts,
      List<One> sessions,
      @Nullable String nextCursor) {

    public static Receipts of(StopReport report, int from, int limit) {
      StopOrder run = report.run();
      List<StopReceipt> all = report.receipts();
      int start = Math.min(from, all.size());
      int end = Math.min(start + limit, all.size());
      return new Receipts(
          run.id(),
          run.project(),
          run.actor(),
          run.reason(),
          run.atMs(),
          all.size(),
          report.count(Kind.SENT),
          report.count(Kind.DELIVERED),
          report.count(Kind.ACKNOWLEDGED),
          report.count(Kind.ENDED),
          report.count(Kind.SILENT),
          report.confirmed(),
          report.unconfirmed(),
          report.stillReporting(),
          report.hosts(),
          all.subList(start, end).stream().map(One::of).toList(),
          end == all.size() ? null : Integer.toString(end));
    }
  }

  /**
   * Times are epoch ms; absent if unknown.
   *
   * @param reportedAt the worker's latest call since an unconfirmed release, epoch ms
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record One(
      String sessionId,
      String receipt,
      @Nullable String workerId,
      @Nullable Long since,
      @Nullable String host,
      @Nullable Long reportedAt) {

    static One of(StopReceipt receipt) {
      return new One(
          receipt.sessionId(),
          receipt.kind().wire(),
          receipt.workerId(),
          receipt.sinceMs() == 0 ? null : receipt.sinceMs(),
          receipt.host(),
          receipt.heardMs() == 0 ? null : receipt.heardMs());
    }
  }
}
