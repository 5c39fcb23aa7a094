/**
 * Decides which members of a cluster may serve: {@code docs/hazelcast.md}, "Epochs".
 *
 * <p>An {@code Epoch} names the Hazelcast instances in force. {@code EpochMachine} keeps it under
 * Raft, {@code Ballot} runs Raft, {@code Chair} is the part of its leader: it grants leases and
 * proposes changes that {@code Assembly} works out. {@code Council} is the part of each member. The
 * package knows nothing of Hazelcast: {@code Instance} is what it needs of it.
 */
@NullMarked
package dev.sluice.backend.hazelcast.epoch;

import org.jspecify.annotations.NullMarked;
