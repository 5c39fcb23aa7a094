/**
 * The keys page and its acts. A secret must be shown once and never be logged or kept; the rest may
 * change freely.
 */
@NullMarked
package dev.sluice.admin.keys;

import org.jspecify.annotations.NullMarked;
