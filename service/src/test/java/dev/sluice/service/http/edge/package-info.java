/**
 * Connections, limits, rates, logs and metrics of the HTTP edge. Nothing outside uses it.
 * Everything may change freely.
 */
package dev.sluice.service.http.edge;
