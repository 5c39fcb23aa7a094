package dev.sluice.service.dispatch;

import dev.sluice.backend.workers.WorkerRef;
import java.time.Duration;

/**
 * What a poll asks for.
 *
 * @param worker who polls
 * @param batch whether it may be offered jobs of the batch lane
 * @param max most items wanted
 * @param patience how long it may be parked where nothing is there; zero: not at all
 */
public record PollCall(WorkerRef worker, boolean batch, int max, Duration patience) {}
