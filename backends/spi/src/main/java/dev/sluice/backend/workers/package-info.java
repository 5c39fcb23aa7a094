/**
 * Workers: registration, heartbeat, the poll that claims work, and whether a worker may get any.
 *
 * <p>The service's calls of workers and the pages of workers are the callers. Components are added
 * at the end of records, since some of them are stored.
 */
@NullMarked
package dev.sluice.backend.workers;

import org.jspecify.annotations.NullMarked;
