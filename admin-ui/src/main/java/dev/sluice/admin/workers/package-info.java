/**
 * Pages of workers, and acts on one worker. Called by browsers. Everything here may be changed
 * freely.
 */
@NullMarked
package dev.sluice.admin.workers;

import org.jspecify.annotations.NullMarked;
