/**
 * Joins the library of functions, loads it, calls the functions, and tells answers from refusals
 * and failures. Names of keys and the version of the layout are stored. Other releases delete
 * libraries by the prefix of their names. All else may be changed freely.
 */
@NullMarked
package dev.sluice.backend.redis.function;

import org.jspecify.annotations.NullMarked;
