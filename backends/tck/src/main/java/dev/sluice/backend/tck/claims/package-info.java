/** Claims: polls, claims by name, acceptance, loss, transfer and reattaching. */
@NullMarked
package dev.sluice.backend.tck.claims;

import org.jspecify.annotations.NullMarked;
