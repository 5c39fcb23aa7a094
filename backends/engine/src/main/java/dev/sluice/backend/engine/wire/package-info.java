/**
 * Records as bytes, by one codec; {@link dev.sluice.backend.engine.wire.WireTypes} numbers the
 * types.
 *
 * <p>Bytes are stored: type numbers, the order of components and the names of constants stay; new
 * ones are appended.
 */
@NullMarked
package dev.sluice.backend.engine.wire;

import org.jspecify.annotations.NullMarked;
