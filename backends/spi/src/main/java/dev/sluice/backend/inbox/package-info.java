/**
 * Messages to sessions: as they are sent, stored, read and acknowledged. Names of lanes and types
 * are on the wire and stay; components are appended.
 */
@NullMarked
package dev.sluice.backend.inbox;

import org.jspecify.annotations.NullMarked;
