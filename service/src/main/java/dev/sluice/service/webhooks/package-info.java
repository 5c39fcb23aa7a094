/**
 * Webhooks that orgs make by call: each event that passes the filter of a webhook is posted to its
 * url in the form of Standard Webhooks, at least once. docs/webhooks.md says what receivers may
 * rely on. The records are texts to the store, so their form may only grow: a node of an older
 * release drops members that it doesn't know.
 */
@NullMarked
package dev.sluice.service.webhooks;

import org.jspecify.annotations.NullMarked;
