/**
 * Sessions from claim to end, and the calls on their inboxes. The names of states, events and
 * refusals are on the wire and stay; components are appended.
 */
@NullMarked
package dev.sluice.backend.sessions;

import org.jspecify.annotations.NullMarked;
