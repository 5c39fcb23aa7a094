/** Audit lines in the log, and receipts of orders to stop many sessions. */
@NullMarked
package dev.sluice.service.control;

import org.jspecify.annotations.NullMarked;
