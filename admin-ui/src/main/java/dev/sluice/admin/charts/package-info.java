/** Charts, their measurements in memory, and sparklines. All may change freely. */
@NullMarked
package dev.sluice.admin.charts;

import org.jspecify.annotations.NullMarked;
