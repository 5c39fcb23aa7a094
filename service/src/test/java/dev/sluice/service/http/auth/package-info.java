/**
 * Tokens, keys, their permissions and the audit log. Run by {@code HazelcastEdgeTest} and {@code
 * RedisEdgeTest}, with wrong input.
 */
package dev.sluice.service.http.auth;
