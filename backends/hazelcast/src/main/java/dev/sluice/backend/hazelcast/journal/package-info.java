/**
 * The journal of a durable member: tables of keys and bytes in a SQLite file, written by one thread
 * in groups.
 *
 * <p>It knows nothing of work: the caller decides what a row means. Appending never waits; a caller
 * waits, before it answers, for the commit of all that it saw ({@link
 * dev.sluice.backend.hazelcast.journal.Journal#await}). A row replaces the one of the same key, so
 * the file is snapshot and journal in one: SQLite's own log is the journal, its checkpoint the
 * truncation.
 *
 * <p>The file has a version: a start reads files of the version before and refuses newer ones.
 */
@NullMarked
package dev.sluice.backend.hazelcast.journal;

import org.jspecify.annotations.NullMarked;
