/** The dashboard's pages and acts over HTTP. Run by {@code LoginContract}. */
package dev.sluice.service.http.dashboard;
