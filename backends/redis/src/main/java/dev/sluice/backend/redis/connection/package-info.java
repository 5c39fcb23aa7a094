/** Connections to one server, a sentinels' master, or a cluster. */
@NullMarked
package dev.sluice.backend.redis.connection;

import org.jspecify.annotations.NullMarked;
