/** Charts, their measurements in memory, and sparklines. */
@NullMarked
package dev.sluice.admin.charts;

import org.jspecify.annotations.NullMarked;
