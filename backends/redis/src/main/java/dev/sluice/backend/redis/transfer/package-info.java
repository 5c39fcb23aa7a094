/** Records of other orgs as arguments of {@code import.lua}. */
@NullMarked
package dev.sluice.backend.redis.transfer;

import org.jspecify.annotations.NullMarked;
