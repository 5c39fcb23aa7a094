/**
 * The list of work in all places, with its filters. Running work, and what has a filter that the
 * contract has not, is filtered in memory; the rest is listed as the contract lists it. The rest
 * may change freely.
 */
@NullMarked
package dev.sluice.admin.work;

import org.jspecify.annotations.NullMarked;
