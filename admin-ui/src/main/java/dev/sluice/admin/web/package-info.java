/** Common parts of pages and forms: the visitor, the frame, errors, headers, lists. */
@NullMarked
package dev.sluice.admin.web;

import org.jspecify.annotations.NullMarked;
