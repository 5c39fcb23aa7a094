/**
 * Readers of the event log: calls that wait for events, and streams. Each org with readers has one
 * tail on this node, which reads the store for all that have caught up. No reader holds a thread,
 * or more than a few KiB that its client hasn't read.
 */
@NullMarked
package dev.sluice.service.events;

import org.jspecify.annotations.NullMarked;
