/**
 * Reads answers of scripts and stored lines, and writes names and messages as they are stored. The
 * formats are those of the Lua files; the Java may be changed freely.
 */
@NullMarked
package dev.sluice.backend.redis.reply;

import org.jspecify.annotations.NullMarked;
