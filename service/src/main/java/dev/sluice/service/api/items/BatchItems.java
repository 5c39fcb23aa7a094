package dev.sluice.service.api.items;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.backend.work.NewBatchJob;
import dev.sluice.service.api.CanonicalJson;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.errors.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads jobs for the batch lane. {@code workType} is required; {@code batchJobId} has a default;
 * other members are kept byte for byte.
 */
public final class BatchItems {

  private static final String JOB_ID = "batchJobId";

  private final Supplier<String> newJobId;

  public BatchItems(Supplier<String> newJobId) {
    this.newJobId = newJobId;
  }

  public NewBatchJob read(JsonBody job) {
    requireShort(job.text());
    ItemMembers.refuseTwins(job, List.of(JOB_ID, "workType"));
    job.requireFiniteNumbers(job.memberNames());
    job.requiredName("workType");
    @Nullable String given = job.name(JOB_ID);
    if (given != null && WorkItems.UNREACHABLE.contains(given)) {
      throw ApiException.invalid(JOB_ID, "must not be . or .., which paths can't hold");
    }
    String jobId = given == null ? newJobId.get() : given;
    String item =
        given == null ? job.with(Map.of(JOB_ID, TextNode.valueOf(jobId).toString())) : job.text();
    requireShort(item);
    return new NewBatchJob(jobId, CanonicalJson.hash(job), item);
  }

  private static void requireShort(String item) {
    if (item.getBytes(StandardCharsets.UTF_8).length > NewBatchJob.MAX_ITEM_BYTES) {
      throw ApiException.tooLarge("job", NewBatchJob.MAX_ITEM_BYTES);
    }
  }
}
