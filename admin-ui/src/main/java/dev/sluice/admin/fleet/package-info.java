/** Snapshots of a fleet for the pages, read at most once a second a node. */
@NullMarked
package dev.sluice.admin.fleet;

import org.jspecify.annotations.NullMarked;
