/**
 * The calls of operators: workers, queues, sessions, stops, dead letters, keys and the audit log.
 * Called by Jersey with user keys and operators' cookies. Classes may change freely; paths, members
 * and statuses are part of the documented API.
 */
@NullMarked
package dev.sluice.service.resources.operator;

import org.jspecify.annotations.NullMarked;
