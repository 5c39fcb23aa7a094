/**
 * Readers of request bodies. Called by the resources. Classes may change freely; members, their
 * checks and the texts of refusals are part of the wire.
 */
@NullMarked
package dev.sluice.service.api;

import org.jspecify.annotations.NullMarked;
