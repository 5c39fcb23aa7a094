/**
 * The frame of every page: session, headers, errors, notices, shared reads and assets. All pages
 * answer through {@link dev.sluice.admin.web.Shell}. The headers are tested; the rest may change
 * freely.
 */
@NullMarked
package dev.sluice.admin.web;

import org.jspecify.annotations.NullMarked;
