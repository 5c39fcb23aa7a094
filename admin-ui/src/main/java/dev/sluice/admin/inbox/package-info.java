/**
 * The page of unread messages, and the lanes of one session, which its page shows too. All may
 * change freely.
 */
@NullMarked
package dev.sluice.admin.inbox;

import org.jspecify.annotations.NullMarked;
