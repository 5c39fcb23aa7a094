/**
 * The calls of workers and their runners: docs/protocol.md. Paths, members, statuses and texts are
 * part of the protocol.
 */
@NullMarked
package dev.sluice.service.resources.worker;

import org.jspecify.annotations.NullMarked;
