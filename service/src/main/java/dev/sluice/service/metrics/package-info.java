/**
 * Counters of this node and figures of the fleet for Prometheus, see docs/operating.md. Called by
 * the metered backend and at each scrape. Names and labels are read by dashboards; the rest may
 * change freely.
 */
@NullMarked
package dev.sluice.service.metrics;

import org.jspecify.annotations.NullMarked;
