/**
 * Stop orders: one stop of many sessions, and its confirmation by each.
 *
 * <p>The fleet control of {@code dev.sluice.control} writes them, and its reports read them.
 * Stored, so components are only added at the end.
 */
@NullMarked
package dev.sluice.backend.stops;

import org.jspecify.annotations.NullMarked;
