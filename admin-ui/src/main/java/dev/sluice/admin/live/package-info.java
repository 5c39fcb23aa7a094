/** Tells open pages that the fleet has changed. */
@NullMarked
package dev.sluice.admin.live;

import org.jspecify.annotations.NullMarked;
