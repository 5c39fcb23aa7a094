/**
 * The only place that maps refusals to statuses and texts. Called by Jersey, Jetty and the
 * resources. Texts in WireTexts are matched by clients; the rest may change freely.
 */
@NullMarked
package dev.sluice.service.errors;

import org.jspecify.annotations.NullMarked;
