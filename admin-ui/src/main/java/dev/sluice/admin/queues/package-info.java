/**
 * Pages of all queues and of one queue, with why each item waits, and acts on a queue. Called by
 * browsers; the overview shows the same rows. Everything here may be changed freely.
 */
@NullMarked
package dev.sluice.admin.queues;

import org.jspecify.annotations.NullMarked;
