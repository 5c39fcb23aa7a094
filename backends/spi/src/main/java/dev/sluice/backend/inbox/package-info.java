/**
 * The inbox of a session. Names of lanes and types are on the wire and stay; components are
 * appended.
 */
@NullMarked
package dev.sluice.backend.inbox;

import org.jspecify.annotations.NullMarked;
