/**
 * Stopping many sessions, and the receipts. An unconfirmed stop must never look done; words may
 * change freely.
 */
@NullMarked
package dev.sluice.admin.stops;

import org.jspecify.annotations.NullMarked;
