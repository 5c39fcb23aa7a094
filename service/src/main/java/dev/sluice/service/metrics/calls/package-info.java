/**
 * A backend whose calls are timed and counted, and whose audited calls are also written to the log.
 * A new call of the contract needs a method here: it is passed on, named in {@link
 * dev.sluice.service.metrics.StoreCall}, and its outcome is counted if anybody reads the figure.
 */
@NullMarked
package dev.sluice.service.metrics.calls;

import org.jspecify.annotations.NullMarked;
