/** Connections to one server, to a master behind sentinels, or to the nodes of a cluster. */
@NullMarked
package dev.sluice.backend.redis.connection;

import org.jspecify.annotations.NullMarked;
