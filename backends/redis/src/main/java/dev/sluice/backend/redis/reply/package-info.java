/**
 * Reads answers of scripts and stored lines, and writes names and messages as they are stored.
 *
 * <p>The parts of the backend call these readers. The formats are those of the Lua files and are
 * stored; the Java may be changed freely.
 */
@NullMarked
package dev.sluice.backend.redis.reply;

import org.jspecify.annotations.NullMarked;
