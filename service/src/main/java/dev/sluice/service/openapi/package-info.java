/** The description of the HTTP calls, as a document for programs and as a page for people. */
@NullMarked
package dev.sluice.service.openapi;

import org.jspecify.annotations.NullMarked;
