/**
 * Filters, cookies and logins that find the caller of a request. The cookie's name and attributes
 * are fixed.
 */
@NullMarked
package dev.sluice.service.auth.http;

import org.jspecify.annotations.NullMarked;
