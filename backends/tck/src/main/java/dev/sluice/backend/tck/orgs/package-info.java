/**
 * Org-wide rules: sequence numbers, time, sweeps, retention, hints, audit lines, refusals and
 * damage.
 */
@NullMarked
package dev.sluice.backend.tck.orgs;

import org.jspecify.annotations.NullMarked;
