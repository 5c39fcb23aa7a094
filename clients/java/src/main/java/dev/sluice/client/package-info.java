/**
 * A client of Sluice without dependencies: {@link Sluice} enqueues work and follows it, {@link
 * Worker} runs it, {@link Webhook} verifies what Sluice posts.
 *
 * <p>JSON objects are maps, arrays are lists, and numbers are {@code Long} or {@code Double}.
 */
@NullMarked
package dev.sluice.client;

import org.jspecify.annotations.NullMarked;
