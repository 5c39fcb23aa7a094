/** Pages of queues, with why each item waits, and acts on a queue. All may change freely. */
@NullMarked
package dev.sluice.admin.queues;

import org.jspecify.annotations.NullMarked;
