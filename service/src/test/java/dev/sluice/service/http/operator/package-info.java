/**
 * Calls of operators, and isolation of orgs. Most run by {@code HazelcastOpsTest} and {@code
 * RedisOpsTest}.
 */
package dev.sluice.service.http.operator;
