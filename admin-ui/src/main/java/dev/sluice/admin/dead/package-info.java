/**
 * Dead letters and the acts on one. Words and grouping may change freely; causes are those of the
 * contract.
 */
@NullMarked
package dev.sluice.admin.dead;

import org.jspecify.annotations.NullMarked;
