/**
 * The inbox of a session: its lanes, the messages in it, and what became of them.
 *
 * <p>The service's calls of producers send, and the poll and the lock call deliver. Names of lanes
 * and types are on the wire and stay; components are added at the end of records.
 */
@NullMarked
package dev.sluice.backend.inbox;

import org.jspecify.annotations.NullMarked;
