/**
 * The calls of producers: enqueue, follow, reorder and cancel work, and the batch lane. Called by
 * Jersey with user keys and operators' cookies. Classes may change freely; paths, members and
 * statuses are part of the documented API.
 */
@NullMarked
package dev.sluice.service.resources.producer;

import org.jspecify.annotations.NullMarked;
