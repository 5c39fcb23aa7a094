/**
 * Audit lines in the log, and receipts of stop orders. The format of log lines is read by
 * collectors.
 */
@NullMarked
package dev.sluice.service.control;

import org.jspecify.annotations.NullMarked;
