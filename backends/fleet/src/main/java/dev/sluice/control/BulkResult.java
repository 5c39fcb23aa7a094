package dev.sluice.control;

import org.jspecify.annotations.Nullable;

/**
 * The result of one call of a bulk act.
 *
 * @param matched matching items seen
 * @param done 0 in a dry run
 * @param refused changed meanwhile, or the queue is full
 * @param next null at the end
 */
public record BulkResult(int matched, int done, int refused, @Nullable String next) {}
