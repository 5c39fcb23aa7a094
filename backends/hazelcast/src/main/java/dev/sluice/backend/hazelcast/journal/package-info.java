/**
 * The write-ahead of one durable member: tables of keys and bytes in a SQLite file, written by one
 * thread in groups.
 *
 * <p>It knows nothing of work: what a row means is said where it is made. Appending never waits;
 * whoever is about to answer waits for the commit of all that he saw ({@link
 * dev.sluice.backend.hazelcast.journal.Journal#await}). A row replaces the one of the same key, so
 * the file is snapshot and journal in one: SQLite's own log is the journal, its checkpoint the
 * truncation.
 */
@NullMarked
package dev.sluice.backend.hazelcast.journal;

import org.jspecify.annotations.NullMarked;
