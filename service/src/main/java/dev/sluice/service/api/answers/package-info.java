/**
 * The shapes of answers; {@code nextCursor} is absent at the end of a list. Made by the resources
 * and serialised by Jackson. Methods may change freely; component names and types are part of the
 * wire.
 */
@NullMarked
package dev.sluice.service.api.answers;

import org.jspecify.annotations.NullMarked;
