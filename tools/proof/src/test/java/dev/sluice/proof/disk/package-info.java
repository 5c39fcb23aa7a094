/**
 * Power loss: the writes of a real process are recorded, and the disk is put together as any moment
 * without power may have left it. Each such image must start, with all that was acknowledged. Redis
 * is killed instead. See {@code docs/proof.md}.
 */
@NullMarked
package dev.sluice.proof.disk;

import org.jspecify.annotations.NullMarked;
