/**
 * Traces of runs for an OpenTelemetry collector: docs/operating.md, "Traces". Spans are made of
 * what the store keeps, after a run has ended. No call waits for them, and none is open while a run
 * lasts. Only {@link dev.sluice.service.traces.OtlpCollector} knows OpenTelemetry, so its classes
 * are loaded only if traces are on.
 */
@NullMarked
package dev.sluice.service.traces;

import org.jspecify.annotations.NullMarked;
