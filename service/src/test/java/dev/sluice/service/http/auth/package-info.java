/**
 * Tokens, keys and what they may do, and the audit log of it. {@code HazelcastEdgeTest} and {@code
 * RedisEdgeTest} run the contracts, with those of wrong input. Everything may change freely.
 */
package dev.sluice.service.http.auth;
