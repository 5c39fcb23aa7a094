/**
 * Readers of request bodies, which refuse with 400 naming the field, or 413. Members, their checks
 * and the texts of refusals are part of the wire.
 */
@NullMarked
package dev.sluice.service.api;

import org.jspecify.annotations.NullMarked;
