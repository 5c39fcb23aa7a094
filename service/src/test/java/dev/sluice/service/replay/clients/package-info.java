/**
 * The real clients' logic, rebuilt, which must stay as the real ones are; and days in their lives.
 * Run by {@code ReplayContract}.
 */
package dev.sluice.service.replay.clients;
