/**
 * Work as it is described, placed and scored before and between its sessions, and the batch lane.
 * The order of {@link dev.sluice.backend.work.Score} and the names of {@link
 * dev.sluice.backend.work.Place} are stored and on the wire and stay; components are appended.
 */
@NullMarked
package dev.sluice.backend.work;

import org.jspecify.annotations.NullMarked;
