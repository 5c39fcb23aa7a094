package dev.sluice.service.dispatch;

import dev.sluice.backend.workers.WorkerRef;
import java.time.Duration;

/**
 * A poll.
 *
 * @param batch true if it may get jobs of the batch lane
 * @param max maximum items
 * @param patience longest wait; zero for none
 */
public record PollCall(WorkerRef worker, boolean batch, int max, Duration patience) {}
