/**
 * The queue in an embedded Hazelcast member: a store for {@link dev.sluice.backend.engine}, which
 * has the rules.
 *
 * <p>{@code HazelcastStore} keeps the state of an org in one entry of a map. {@code OrgProcessor}
 * carries an operation out inside that entry and hands the changes, never the operation, to the
 * backup. {@code HazelcastByteMap} is a map of bytes. On a durable member {@code MemberJournal}
 * writes both to the {@link dev.sluice.backend.hazelcast.journal journal}, and {@code Restore}
 * reads it at the start. {@code docs/hazelcast.md} shows how they work together.
 *
 * <p>Rows of the journal ({@code ChangeRows}) are stored: a start must read those of the version
 * before. All else may be changed freely.
 */
@NullMarked
package dev.sluice.backend.hazelcast;

import org.jspecify.annotations.NullMarked;
