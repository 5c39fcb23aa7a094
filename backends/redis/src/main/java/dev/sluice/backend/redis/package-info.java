/**
 * The backend that keeps everything in Redis: {@code docs/redis.md}.
 *
 * <p>A change of the layout that old scripts can't read needs another version in {@code Schema},
 * since scripts of two versions run on one store during an upgrade.
 */
@NullMarked
package dev.sluice.backend.redis;

import org.jspecify.annotations.NullMarked;
