/**
 * Operators' logins, cookies and roles, and the access to each call. Run by {@code
 * HazelcastLoginTest} and {@code RedisLoginTest}, with the dashboard.
 */
package dev.sluice.service.http.login;
