package dev.sluice.service.api.answers;

import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.errors.ApiException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parsed at most once, on first use. */
public final class PolledItem {

  private static final String REPOSITORY = "repository";

  private final ClaimedWork work;
  private @Nullable JsonBody body;

  private PolledItem(ClaimedWork work) {
    this.work = work;
  }

  public static List<PolledItem> all(List<ClaimedWork> work) {
    return work.stream().map(PolledItem::new).toList();
  }

  public ClaimedWork work() {
    return work;
  }

  public String sessionId() {
    return work.sessionId();
  }

  JsonBody body() {
    JsonBody parsed = body;
    if (parsed == null) {
      parsed = JsonBody.parse(work.item());
      body = parsed;
    }
    return parsed;
  }

  /** The clone URL, unchecked. */
  public @Nullable String repository() {
    if (!work.item().contains(REPOSITORY)) {
      return null; // and need not be parsed
    }
    try {
      return body().string(REPOSITORY);
    } catch (ApiException e) {
      return null; // no well-formed text, so no URL
    }
  }
}
