/**
 * Login, documentation, and sessions under public ids. Called by Jersey, some of it without a
 * credential. Classes may change freely; paths, members and statuses are part of the documented
 * API.
 */
@NullMarked
package dev.sluice.service.resources.open;

import org.jspecify.annotations.NullMarked;
