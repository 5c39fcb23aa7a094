/** The OpenAPI document, which describes the wire, and its HTML page. */
@NullMarked
package dev.sluice.service.openapi;

import org.jspecify.annotations.NullMarked;
