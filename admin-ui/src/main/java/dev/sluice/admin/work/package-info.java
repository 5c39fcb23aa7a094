/**
 * The list of work in all places, with its filters. Running, dead and ended work is filtered in
 * memory; other work, and what needs no such filter, is listed as the contract lists it. The rest
 * may change freely.
 */
@NullMarked
package dev.sluice.admin.work;

import org.jspecify.annotations.NullMarked;
