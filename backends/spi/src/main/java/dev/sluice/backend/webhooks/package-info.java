/**
 * Webhooks of orgs, as records whose text the store doesn't interpret. {@link
 * dev.sluice.backend.webhooks.Webhooks} is the table; the rules are those of the service.
 */
@NullMarked
package dev.sluice.backend.webhooks;

import org.jspecify.annotations.NullMarked;
