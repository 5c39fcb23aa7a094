package dev.sluice.control;

import org.jspecify.annotations.Nullable;

/**
 * What one call did of a bulk.
 *
 * @param matched how many it met that the filter matches
 * @param done to how many it was done; 0 in a dry run
 * @param refused how many the store refused, since they had changed meanwhile or the queue is full
 * @param next where to go on; null once all were met
 */
public record BulkResult(int matched, int done, int refused, @Nullable String next) {}
