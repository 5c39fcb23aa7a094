/**
 * Claims: polls, claims by name, acceptance, and how a claim is lost, passed on and found again.
 */
@NullMarked
package dev.sluice.backend.tck.claims;

import org.jspecify.annotations.NullMarked;
