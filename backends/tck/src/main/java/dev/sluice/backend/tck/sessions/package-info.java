/** Claimed sessions: reports, signs of life, activities, stops and the timeline. */
@NullMarked
package dev.sluice.backend.tck.sessions;

import org.jspecify.annotations.NullMarked;
