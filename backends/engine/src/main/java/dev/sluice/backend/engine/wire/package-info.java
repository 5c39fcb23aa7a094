/**
 * Records as bytes: what members send each other, what is stored in maps, what a moving partition
 * carries. One codec for all records instead of one a record; {@link
 * dev.sluice.backend.engine.wire.WireTypes} lists what may travel.
 */
@NullMarked
package dev.sluice.backend.engine.wire;

import org.jspecify.annotations.NullMarked;
