/**
 * Pages and acts of sessions, and rows that other pages use. Items and activity must stay masked
 * for all but admins; the rest may change freely.
 */
@NullMarked
package dev.sluice.admin.sessions;

import org.jspecify.annotations.NullMarked;
