/**
 * The receipts of a stop order, and the act that stops many sessions. Called by browsers. Words may
 * be changed freely; an unconfirmed stop must never look done.
 */
@NullMarked
package dev.sluice.admin.stops;

import org.jspecify.annotations.NullMarked;
