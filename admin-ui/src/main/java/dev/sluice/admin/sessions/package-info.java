/**
 * Pages of sessions, and acts on one session. Rows and buttons are used by the pages of queues,
 * workers and dead letters. Layout and words may be changed freely; items and activity must stay
 * masked for all but admins.
 */
@NullMarked
package dev.sluice.admin.sessions;

import org.jspecify.annotations.NullMarked;
