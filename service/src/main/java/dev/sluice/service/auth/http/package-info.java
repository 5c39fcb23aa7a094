/**
 * Filters, cookies and logins that find the caller of a request. Called by Jersey and by the
 * dashboard. All but the cookie's name and attributes may change freely.
 */
@NullMarked
package dev.sluice.service.auth.http;

import org.jspecify.annotations.NullMarked;
