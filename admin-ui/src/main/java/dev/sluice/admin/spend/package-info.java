/** The page of what a fleet costs, now and over the last week. All may change freely. */
@NullMarked
package dev.sluice.admin.spend;

import org.jspecify.annotations.NullMarked;
