/**
 * Counters of this node and figures of the fleet for Prometheus, see docs/operating.md. Names and
 * labels are read by dashboards.
 */
@NullMarked
package dev.sluice.service.metrics;

import org.jspecify.annotations.NullMarked;
