/**
 * The OpenAPI document against the running service, and random calls made from it. Nothing outside
 * uses it. Everything may change freely.
 */
package dev.sluice.service.http.openapi;
