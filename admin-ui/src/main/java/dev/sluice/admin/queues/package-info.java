/** Queues, with why each item waits, and their acts. */
@NullMarked
package dev.sluice.admin.queues;

import org.jspecify.annotations.NullMarked;
