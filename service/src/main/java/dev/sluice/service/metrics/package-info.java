/** Counters of this node and figures of the fleet, for Prometheus: {@code docs/metrics.md}. */
@NullMarked
package dev.sluice.service.metrics;

import org.jspecify.annotations.NullMarked;
