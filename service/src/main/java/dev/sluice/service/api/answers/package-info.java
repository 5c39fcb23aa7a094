/**
 * The shapes of answers, serialised by Jackson; {@code nextCursor} is absent at the end of a list.
 * Component names and types are part of the wire.
 */
@NullMarked
package dev.sluice.service.api.answers;

import org.jspecify.annotations.NullMarked;
