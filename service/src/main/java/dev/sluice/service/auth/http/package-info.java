/** Filters, cookies and logins that find the caller of a request. */
@NullMarked
package dev.sluice.service.auth.http;

import org.jspecify.annotations.NullMarked;
