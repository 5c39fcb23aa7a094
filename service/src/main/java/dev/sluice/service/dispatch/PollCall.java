package dev.sluice.service.dispatch;

import dev.sluice.backend.workers.WorkerRef;
import java.time.Duration;

/** {@code batch} permits jobs of the batch lane; zero {@code patience} does not wait. */
public record PollCall(WorkerRef worker, boolean batch, int max, Duration patience) {}
