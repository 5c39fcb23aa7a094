/** The formats are those of the Lua files; the Java may be changed freely. */
@NullMarked
package dev.sluice.backend.redis.reply;

import org.jspecify.annotations.NullMarked;
