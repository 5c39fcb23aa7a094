/**
 * The list of work in all places, with its filters. The pages of queues, hosts, workers and
 * sessions show its rows. Running work, and what has a filter that the contract has not, is
 * filtered in memory; other work is listed as the contract lists it. All of it may change freely.
 */
@NullMarked
package dev.sluice.admin.work;

import org.jspecify.annotations.NullMarked;
