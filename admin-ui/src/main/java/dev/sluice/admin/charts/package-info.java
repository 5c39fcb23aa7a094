/**
 * The charts page, its measurements in memory, and the sparklines of queues. All may change freely.
 */
@NullMarked
package dev.sluice.admin.charts;

import org.jspecify.annotations.NullMarked;
