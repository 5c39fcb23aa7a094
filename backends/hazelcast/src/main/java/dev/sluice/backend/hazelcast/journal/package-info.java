/**
 * The journal of a durable member: tables of keys and bytes in a SQLite file, snapshot and journal
 * in one, written by one thread in groups.
 *
 * <p>Files of the version before must stay readable, newer ones are refused. All else may be
 * changed freely.
 */
@NullMarked
package dev.sluice.backend.hazelcast.journal;

import org.jspecify.annotations.NullMarked;
