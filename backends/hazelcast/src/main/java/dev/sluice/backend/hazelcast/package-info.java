/**
 * A store for {@link dev.sluice.backend.engine} in an embedded Hazelcast member. {@code
 * HazelcastStore} keeps the state of an org in one map entry, {@code OrgProcessor} runs operations
 * in it and sends the changes to the backup, {@code MemberJournal} writes them to the journal. See
 * {@code docs/hazelcast.md}.
 *
 * <p>Rows ({@code ChangeRows}) of the version before must stay readable.
 */
@NullMarked
package dev.sluice.backend.hazelcast;

import org.jspecify.annotations.NullMarked;
