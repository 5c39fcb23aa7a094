/**
 * Callers and their permissions: keys, runtime tokens, the legacy key, operators, and the first
 * start's credentials. Called by the filters and by all resources. Caches and limits may change
 * freely; scopes, texts and statuses are part of the wire.
 */
@NullMarked
package dev.sluice.service.auth;

import org.jspecify.annotations.NullMarked;
