/**
 * The charts page and the measurements that it draws, kept in memory. Tables of queues use its
 * sparklines. Everything here may be changed freely; nothing is stored.
 */
@NullMarked
package dev.sluice.admin.charts;

import org.jspecify.annotations.NullMarked;
