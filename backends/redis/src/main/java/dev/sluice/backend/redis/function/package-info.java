/**
 * Puts scripts together, runs them, and tells answers from refusals and failures. Names of keys and
 * the version of the layout are stored; all else may be changed freely.
 */
@NullMarked
package dev.sluice.backend.redis.function;

import org.jspecify.annotations.NullMarked;
