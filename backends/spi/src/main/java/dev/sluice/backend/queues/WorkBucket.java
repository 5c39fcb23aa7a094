package dev.sluice.backend.queues;

import dev.sluice.backend.work.Repositories;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ready and returned work of a project that needs the same capabilities and repository.
 *
 * @param capabilities sorted by bytes
 * @param repository null for work that names none; {@link #OTHERS} for those beyond {@link
 *     #MOST_REPOSITORIES}
 */
public record WorkBucket(
    String project, List<String> capabilities, long waiting, @Nullable String repository) {

  /** All repositories that aren't listed one by one. */
  public static final String OTHERS = "*";

  /** Repositories of projects that one call looks at. */
  public static final int MOST_REPOSITORIES = 1_000;

  public WorkBucket {
    capabilities = List.copyOf(capabilities);
  }

  /** One of work that names no repository. */
  public WorkBucket(String project, List<String> capabilities, long waiting) {
    this(project, capabilities, waiting, null);
  }

  /** Returns the repository as people write it, or {@link #OTHERS}; null for none. */
  public @Nullable String shown() {
    return shown(repository);
  }

  /** As {@link #shown()}, of the repository of any bucket. */
  public static @Nullable String shown(@Nullable String repository) {
    return repository == null || repository.equals(OTHERS)
        ? repository
        : Repositories.shown(repository);
  }
}
