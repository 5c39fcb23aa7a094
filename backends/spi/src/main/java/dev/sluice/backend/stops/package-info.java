/** Stops of many sessions, and their confirmation by each. Stored: components are only appended. */
@NullMarked
package dev.sluice.backend.stops;

import org.jspecify.annotations.NullMarked;
