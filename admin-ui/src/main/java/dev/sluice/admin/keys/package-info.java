/**
 * The keys page, and acts that mint and revoke keys. Called by admins' browsers. A secret must be
 * shown only once and never be logged or kept; the rest may change freely.
 */
@NullMarked
package dev.sluice.admin.keys;

import org.jspecify.annotations.NullMarked;
