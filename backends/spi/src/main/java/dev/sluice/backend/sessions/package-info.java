/**
 * Sessions from claim to end: ownership, status reports, activities, events and the state machine.
 *
 * <p>The service's calls of workers are the main callers of {@link
 * dev.sluice.backend.sessions.Sessions}; pages and lists read {@link
 * dev.sluice.backend.sessions.Session}. The names of states, events and refusals are on the wire
 * and stay; components are added at the end of records.
 */
@NullMarked
package dev.sluice.backend.sessions;

import org.jspecify.annotations.NullMarked;
