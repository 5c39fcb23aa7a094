/**
 * The page and acts of a session, and form fields that acts on many sessions share. Items and
 * activity must stay masked for all but admins; the rest may change freely.
 */
@NullMarked
package dev.sluice.admin.sessions;

import org.jspecify.annotations.NullMarked;
