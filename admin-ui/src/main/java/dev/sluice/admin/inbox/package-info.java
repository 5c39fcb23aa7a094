/** All may change freely; the session page shows the lanes too. */
@NullMarked
package dev.sluice.admin.inbox;

import org.jspecify.annotations.NullMarked;
