/**
 * The list of work in all places, with its filters. Filters exist only where an index does: running
 * work is filtered in memory, other work is listed as the contract lists it. The rest may change
 * freely.
 */
@NullMarked
package dev.sluice.admin.work;

import org.jspecify.annotations.NullMarked;
