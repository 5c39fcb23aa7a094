/**
 * Puts the texts of scripts together, sends them, and tells answers from refusals and failures. All
 * may be changed freely, but for the names of keys and the version of the layout, which are stored.
 */
@NullMarked
package dev.sluice.backend.redis.script;

import org.jspecify.annotations.NullMarked;
