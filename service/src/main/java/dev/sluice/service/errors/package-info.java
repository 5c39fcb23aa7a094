/**
 * The only place that maps refusals to statuses and texts. Texts in WireTexts are matched by
 * clients.
 */
@NullMarked
package dev.sluice.service.errors;

import org.jspecify.annotations.NullMarked;
