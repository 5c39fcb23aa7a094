/** The overview page: verdict, queues, health and recent activity. */
@NullMarked
package dev.sluice.admin.overview;

import org.jspecify.annotations.NullMarked;
