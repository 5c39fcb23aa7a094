/**
 * Snapshots of an org's fleet and the findings in them, for all pages, charts and event streams.
 * The sampler must stay the only reader of whole lists; the rest may change freely.
 */
@NullMarked
package dev.sluice.fleet;

import org.jspecify.annotations.NullMarked;
