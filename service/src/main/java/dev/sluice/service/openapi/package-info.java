/**
 * The OpenAPI document and its HTML page. Served by DocumentationResource and checked by tests
 * against the running service. The page may change freely; the document describes the wire.
 */
@NullMarked
package dev.sluice.service.openapi;

import org.jspecify.annotations.NullMarked;
