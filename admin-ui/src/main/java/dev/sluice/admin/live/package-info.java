/**
 * Event streams that tell open pages to refresh. A stream must hold neither thread nor queue;
 * limits may change freely.
 */
@NullMarked
package dev.sluice.admin.live;

import org.jspecify.annotations.NullMarked;
