/**
 * The real clients' logic, rebuilt, and days in their lives. {@code ReplayContract} runs the
 * contracts. The clients stay as the real ones are; the rest may change freely.
 */
package dev.sluice.service.replay.clients;
