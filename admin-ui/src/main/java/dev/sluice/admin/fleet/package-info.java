/**
 * Snapshots of an org's fleet, at most one a second on each node, and the findings in them. All
 * pages, charts and event streams read them. Thresholds and findings may be changed freely; the
 * sampler must stay the only reader of whole lists.
 */
@NullMarked
package dev.sluice.admin.fleet;

import org.jspecify.annotations.NullMarked;
