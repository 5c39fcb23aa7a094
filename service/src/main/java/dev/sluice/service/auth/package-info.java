/**
 * Callers and their permissions: keys, runtime tokens, the legacy key, operators, and the first
 * start's credentials. Scopes, texts and statuses are part of the wire.
 */
@NullMarked
package dev.sluice.service.auth;

import org.jspecify.annotations.NullMarked;
