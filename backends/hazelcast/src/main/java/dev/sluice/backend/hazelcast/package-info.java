/**
 * A store for {@link dev.sluice.backend.engine} in an embedded Hazelcast member. {@code
 * HazelcastStore} keeps the state of an org in one map entry; {@code OrgProcessor} runs operations
 * in it and sends the changes to the backup. See {@code docs/hazelcast.md}.
 *
 * <p>Serialized forms ({@code OrgSerialization}) must be readable by members of the version before;
 * all else may be changed freely.
 */
@NullMarked
package dev.sluice.backend.hazelcast;

import org.jspecify.annotations.NullMarked;
