/** What the pages know of a fleet as a whole, read at most once a second a node. */
@NullMarked
package dev.sluice.admin.fleet;

import org.jspecify.annotations.NullMarked;
