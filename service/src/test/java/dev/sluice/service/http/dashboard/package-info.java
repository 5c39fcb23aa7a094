/**
 * The dashboard's pages and acts over HTTP, without a browser. {@code LoginContract} runs the
 * contracts. Everything may change freely.
 */
package dev.sluice.service.http.dashboard;
