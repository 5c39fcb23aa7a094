/** The overview page: verdict, queues, health and recent activity. All may change freely. */
@NullMarked
package dev.sluice.admin.overview;

import org.jspecify.annotations.NullMarked;
