/** The pages of webhooks, which show no secret. All may change freely. */
@NullMarked
package dev.sluice.admin.webhooks;

import org.jspecify.annotations.NullMarked;
