/** Liveness, readiness and health, and the exit of a process that can't go on. */
@NullMarked
package dev.sluice.service.health;

import org.jspecify.annotations.NullMarked;
