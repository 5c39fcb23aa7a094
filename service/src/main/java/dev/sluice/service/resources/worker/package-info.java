/**
 * The calls of workers and their runners: registration, poll, ownership and reports, protocol
 * sections 3, 4 and 6. Called by Jersey with runtime and registration tokens. Classes may change
 * freely; paths, members, statuses and texts are part of the protocol.
 */
@NullMarked
package dev.sluice.service.resources.worker;

import org.jspecify.annotations.NullMarked;
