/**
 * The queue in an embedded Hazelcast member, {@code docs/rules.md} as operations on one entry an
 * org.
 *
 * <p>{@link dev.sluice.backend.hazelcast.state} is what an org's entry holds, {@link
 * dev.sluice.backend.hazelcast.operation} what can be done to it, {@link
 * dev.sluice.backend.hazelcast.wire} how records become bytes. Here is what brings them to
 * Hazelcast: {@code OrgProcessor} carries an operation out inside the entry and hands the changes,
 * never the operation, to the backup; {@code OrgMap} calls it; {@code Blobs} holds items and texts,
 * which are stored before the entry names them, in maps of their own.
 */
@NullMarked
package dev.sluice.backend.hazelcast;

import org.jspecify.annotations.NullMarked;
