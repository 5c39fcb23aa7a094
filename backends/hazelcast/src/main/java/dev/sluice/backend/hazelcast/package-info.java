/**
 * The queue in an embedded Hazelcast member, {@code docs/rules.md} as operations on one entry an
 * org.
 *
 * <p>{@link dev.sluice.backend.engine} has the rules. Here is what brings them to Hazelcast: {@code
 * OrgProcessor} carries an operation out inside the entry and hands the changes, never the
 * operation, to the backup; {@code OrgMap} calls it, and fetches what it needs from outside the
 * entry. {@code Outside} is what stands there: items, texts, what was said in activities, all
 * stored before the entry names them, and records of ended sessions, which {@code RecordWriter}
 * moves out. {@code Readers} keeps back deletions until calls under way are over, {@code CleanUp}
 * finds what nothing names. {@code docs/hazelcast.md} shows how they work together.
 */
@NullMarked
package dev.sluice.backend.hazelcast;

import org.jspecify.annotations.NullMarked;
