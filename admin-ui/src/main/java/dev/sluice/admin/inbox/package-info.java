/**
 * The inbox page, and the lanes and messages of a session. The session page shows the same lanes.
 * Everything here may be changed freely.
 */
@NullMarked
package dev.sluice.admin.inbox;

import org.jspecify.annotations.NullMarked;
