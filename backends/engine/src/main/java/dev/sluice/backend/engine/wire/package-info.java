/**
 * Records as bytes, for stores that keep or send them. One codec for all records instead of one a
 * record; {@link dev.sluice.backend.engine.wire.WireTypes} lists the types that have a number.
 *
 * <p>The bytes are stored: numbers of types, the order of components and the names of constants
 * stay as they are. New ones are appended.
 */
@NullMarked
package dev.sluice.backend.engine.wire;

import org.jspecify.annotations.NullMarked;
