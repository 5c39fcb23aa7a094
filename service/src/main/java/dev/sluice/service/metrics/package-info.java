/** What this node counts, and what it shows of the fleet, for Prometheus: docs/metrics.md. */
@NullMarked
package dev.sluice.service.metrics;

import org.jspecify.annotations.NullMarked;
