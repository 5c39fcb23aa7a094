/** The OpenAPI document against the running service, and random calls made from it. */
package dev.sluice.service.http.openapi;
