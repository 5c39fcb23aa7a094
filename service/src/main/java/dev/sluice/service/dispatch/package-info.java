/**
 * Parked polls, followed work and the sweep timer. Called by the resources; hints of the backend
 * wake what waits. All of it may change freely as long as no hint is missed between read and sleep.
 */
@NullMarked
package dev.sluice.service.dispatch;

import org.jspecify.annotations.NullMarked;
