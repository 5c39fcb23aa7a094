/**
 * The calls of producers, with user keys and operators' cookies. Paths, members and statuses are
 * part of the documented API.
 */
@NullMarked
package dev.sluice.service.resources.producer;

import org.jspecify.annotations.NullMarked;
