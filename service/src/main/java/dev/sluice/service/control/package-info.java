/**
 * Audit lines in the log, and receipts of stop orders. Called by the metered backend, by resources
 * and by the dashboard. The format of log lines is read by collectors; the rest may change freely.
 */
@NullMarked
package dev.sluice.service.control;

import org.jspecify.annotations.NullMarked;
