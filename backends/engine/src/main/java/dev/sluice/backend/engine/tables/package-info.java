/**
 * Everything stored beside the states of orgs, in maps of bytes: items, texts, activities, other
 * names, records of ended sessions, and the store's own registry. Each value is stored before a
 * state names it, under a name that was never used before, and deleted once no state names it.
 *
 * <p>The keys and bytes are stored: code that reads them must go on reading those of earlier
 * versions. All else may be changed freely.
 */
@NullMarked
package dev.sluice.backend.engine.tables;

import org.jspecify.annotations.NullMarked;
