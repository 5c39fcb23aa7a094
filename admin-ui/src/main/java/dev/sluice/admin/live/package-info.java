/**
 * Event streams that tell open pages to refresh. Called by the pages' script and by the sampler.
 * Limits may be changed freely; a stream must hold neither a thread nor a queue.
 */
@NullMarked
package dev.sluice.admin.live;

import org.jspecify.annotations.NullMarked;
