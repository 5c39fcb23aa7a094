/**
 * Opaque keys and the tokens that have ended before they expired.
 *
 * <p>The service asks {@link dev.sluice.backend.keys.Credentials} on every call with a credential,
 * and the tables of the backends store what is here. Names of types may be changed freely;
 * components of records only get company at their end, since they are stored.
 */
@NullMarked
package dev.sluice.backend.keys;

import org.jspecify.annotations.NullMarked;
