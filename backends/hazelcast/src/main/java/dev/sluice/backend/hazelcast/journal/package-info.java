/**
 * The journal of a durable member: tables of keys and bytes in a SQLite file, written by one thread
 * in groups. It knows nothing of work. A row replaces the one of the same key, so the file is
 * snapshot and journal in one.
 *
 * <p>Files of the version before must stay readable, newer ones are refused. All else may be
 * changed freely.
 */
@NullMarked
package dev.sluice.backend.hazelcast.journal;

import org.jspecify.annotations.NullMarked;
