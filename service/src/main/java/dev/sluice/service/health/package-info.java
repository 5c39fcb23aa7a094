/**
 * Liveness, readiness and health on the admin connector, and the exit of a process that can't go
 * on. Paths and statuses are part of the operating contract.
 */
@NullMarked
package dev.sluice.service.health;

import org.jspecify.annotations.NullMarked;
