/**
 * The event log: what changed in an org, once and in order. Events are stored: components and types
 * are only appended.
 */
@NullMarked
package dev.sluice.backend.events;

import org.jspecify.annotations.NullMarked;
