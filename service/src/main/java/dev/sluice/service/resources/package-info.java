/**
 * Parts that the HTTP calls share: headers, parameters, order of checks, client connections. Called
 * by the resources in the packages below, by caller; the OpenAPI document has all their statuses.
 * All of it may change freely.
 */
@NullMarked
package dev.sluice.service.resources;

import org.jspecify.annotations.NullMarked;
