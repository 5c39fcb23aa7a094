/**
 * Orders to stop many sessions, and the message by which each is told. Stored: components are only
 * appended.
 */
@NullMarked
package dev.sluice.backend.stops;

import org.jspecify.annotations.NullMarked;
