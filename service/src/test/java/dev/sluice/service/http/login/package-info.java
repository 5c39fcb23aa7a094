/**
 * Operators' logins, cookies and roles, and the access to each call. {@code HazelcastLoginTest} and
 * {@code RedisLoginTest} run the contracts, with those of the dashboard. Everything may change
 * freely.
 */
package dev.sluice.service.http.login;
