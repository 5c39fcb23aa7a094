package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.stops.StopRun;
import dev.sluice.control.StopReceipt;
import dev.sluice.control.StopReceipt.Kind;
import dev.sluice.control.StopReport;
import dev.sluice.control.StoppedMany;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers to the calls that stop many. */
public final class StopAnswers {

  private StopAnswers() {}

  /**
   * An order was given.
   *
   * @param project absent for all projects
   * @param targets how many sessions it stops
   * @param more whether others go on: one order stops so many and no more
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Ordered(String id, @Nullable String project, int targets, boolean more) {

    public static Ordered of(StoppedMany stopped) {
      StopRun run = stopped.run();
      return new Ordered(run.id(), run.project(), run.targets().size(), stopped.more());
    }
  }

  /**
   * What became of an order: of its {@code targets} each is counted in exactly one of {@code sent}
   * to {@code silent}.
   *
   * @param project absent for all projects
   * @param at epoch ms
   * @param sessions a page of them, in the order in which they were stopped
   * @param confirmed how many their workers let go of: acknowledged and ended
   * @param unconfirmed how many were released without a word: silent. Their agents may still run
   * @param stillReporting how many of these their workers called about since
   * @param hosts hosts of the unconfirmed, as far as known
   * @param nextCursor asks for those that follow; absent at the end
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

    /**
     * The receipts from one place on.
     *
     * @param from how many come before
     * @param limit at most so many
     */
    public static Receipts of(StopReport report, int from, int limit) {
      StopRun run = report.run();
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
   * One session.
   *
   * @param receipt how far it has come, as the counts are called
   * @param workerId absent where that is no longer known
   * @param since epoch ms; absent where that is no longer known
   * @param host of the worker, where unconfirmed
   * @param reportedAt its worker's latest call about it since an unconfirmed release, epoch ms
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
