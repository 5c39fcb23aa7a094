/** Queues, with why each item waits, and their acts. All may change freely. */
@NullMarked
package dev.sluice.admin.queues;

import org.jspecify.annotations.NullMarked;
