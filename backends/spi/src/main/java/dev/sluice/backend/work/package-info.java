/**
 * The queue: work that is enqueued, its order, the places it can be in, and the batch lane.
 *
 * <p>Producers and operators reach {@link dev.sluice.backend.work.WorkQueue} and {@link
 * dev.sluice.backend.work.BatchLane} through the service; {@link
 * dev.sluice.backend.work.WhyItWaits} answers pages and API alike. The order of {@link
 * dev.sluice.backend.work.Score} and the names of {@link dev.sluice.backend.work.Place} are stored
 * and on the wire, so they stay; components are added at the end of records.
 */
@NullMarked
package dev.sluice.backend.work;

import org.jspecify.annotations.NullMarked;
