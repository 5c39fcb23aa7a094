/**
 * Conditions that need attention, as all nodes agree on them: since when, whose, muted until when.
 * Stored: components are only appended.
 */
@NullMarked
package dev.sluice.backend.findings;

import org.jspecify.annotations.NullMarked;
