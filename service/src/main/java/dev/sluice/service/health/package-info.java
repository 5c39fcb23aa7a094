/**
 * Liveness, readiness and health on the admin connector, and the exit of a process that can't go
 * on. Called by orchestrators over HTTP. Paths and statuses are part of the operating contract; the
 * rest may change freely.
 */
@NullMarked
package dev.sluice.service.health;

import org.jspecify.annotations.NullMarked;
