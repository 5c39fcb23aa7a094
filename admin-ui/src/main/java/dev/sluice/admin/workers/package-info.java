/**
 * The pages of workers and their acts. The pages of hosts show the rows too. All may change freely.
 */
@NullMarked
package dev.sluice.admin.workers;

import org.jspecify.annotations.NullMarked;
