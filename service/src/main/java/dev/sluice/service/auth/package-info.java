/** Callers and their permissions. Scopes, texts and statuses are part of the wire. */
@NullMarked
package dev.sluice.service.auth;

import org.jspecify.annotations.NullMarked;
