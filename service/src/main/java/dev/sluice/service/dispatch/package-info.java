/**
 * Parked polls, followed work and the sweep timer. Hints of the backend wake what waits; no hint
 * may be missed between read and sleep.
 */
@NullMarked
package dev.sluice.service.dispatch;

import org.jspecify.annotations.NullMarked;
