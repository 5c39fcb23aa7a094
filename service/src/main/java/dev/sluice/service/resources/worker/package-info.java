/**
 * The calls of workers and their runners, protocol sections 3, 4 and 6. Paths, members, statuses
 * and texts are part of the protocol.
 */
@NullMarked
package dev.sluice.service.resources.worker;

import org.jspecify.annotations.NullMarked;
