/**
 * A store for {@link dev.sluice.backend.engine} in an embedded Hazelcast member: {@code
 * docs/hazelcast.md}.
 *
 * <p>Rows ({@code ChangeRows}) of the version before must stay readable.
 */
@NullMarked
package dev.sluice.backend.hazelcast;

import org.jspecify.annotations.NullMarked;
