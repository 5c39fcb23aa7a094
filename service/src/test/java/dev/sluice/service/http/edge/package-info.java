/** Connections, limits, rates, logs and metrics of the HTTP edge. */
package dev.sluice.service.http.edge;
