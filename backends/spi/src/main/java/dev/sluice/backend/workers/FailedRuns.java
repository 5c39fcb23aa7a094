package dev.sluice.backend.workers;

import dev.sluice.backend.Rules;

/**
 * Runs that failed because of the worker's machine, in a row.
 *
 * @param inRow from 1; from {@link Rules#FAILURES_IN_ROW} on they are the reason for the worker's
 *     latest quarantine
 * @param cause of the latest
 */
public record FailedRuns(int inRow, String cause) {}
