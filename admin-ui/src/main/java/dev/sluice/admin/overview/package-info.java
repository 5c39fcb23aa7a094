/**
 * The overview page: the verdict, queues, health and recent activity. Called by browsers.
 * Everything here may be changed freely.
 */
@NullMarked
package dev.sluice.admin.overview;

import org.jspecify.annotations.NullMarked;
