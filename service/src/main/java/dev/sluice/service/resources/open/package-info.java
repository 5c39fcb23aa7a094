/**
 * Login, documentation, and sessions under public ids, some of it without a credential. Paths,
 * members and statuses are part of the documented API.
 */
@NullMarked
package dev.sluice.service.resources.open;

import org.jspecify.annotations.NullMarked;
