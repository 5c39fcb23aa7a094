/**
 * Calls of operators, and the border between orgs. {@code HazelcastOpsTest} and {@code
 * RedisOpsTest} run most contracts. Everything may change freely.
 */
package dev.sluice.service.http.operator;
