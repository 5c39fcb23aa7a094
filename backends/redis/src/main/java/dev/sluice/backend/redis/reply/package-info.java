/** The formats are those of the Lua files. */
@NullMarked
package dev.sluice.backend.redis.reply;

import org.jspecify.annotations.NullMarked;
