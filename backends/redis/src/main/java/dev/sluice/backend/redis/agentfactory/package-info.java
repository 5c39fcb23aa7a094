/**
 * Reads the Redis database of the open-source server AgentFactory into records of the contract:
 * docs/agentfactory.md has all that is mapped, changed and left behind.
 *
 * <p>It only reads. Names and layout of the keys are the other server's.
 */
@NullMarked
package dev.sluice.backend.redis.agentfactory;

import org.jspecify.annotations.NullMarked;
