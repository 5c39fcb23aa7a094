/**
 * All that is stored beside the states of orgs, in maps of bytes: items, texts, activities, other
 * names, records of ended sessions, and what the store knows of itself. Each is stored before a
 * state names it, under a name that was never used before; what nothing names any more is deleted.
 * The bytes are stored, the rest may be changed freely.
 */
@NullMarked
package dev.sluice.backend.engine.outside;

import org.jspecify.annotations.NullMarked;
