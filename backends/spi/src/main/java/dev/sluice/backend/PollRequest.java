package dev.sluice.backend;

/**
 * One poll.
 *
 * @param worker who polls
 * @param requestId made by the service, one a poll; the same again answers the same claims, so that
 *     a reply lost between service and store can be asked for once more
 * @param max most items wanted; {@link Rules#maxItemsPerPoll()} caps it
 */
public record PollRequest(WorkerRef worker, String requestId, int max) {}
