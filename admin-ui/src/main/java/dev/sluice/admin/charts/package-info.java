/** Lines over time: which there are, drawn, in words, as a table, and as data for a script. */
@NullMarked
package dev.sluice.admin.charts;

import org.jspecify.annotations.NullMarked;
