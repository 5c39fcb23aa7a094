/** The inbox page, and the lanes that the session page shows too. All may change freely. */
@NullMarked
package dev.sluice.admin.inbox;

import org.jspecify.annotations.NullMarked;
