/** Claimed sessions. */
@NullMarked
package dev.sluice.backend.tck.sessions;

import org.jspecify.annotations.NullMarked;
