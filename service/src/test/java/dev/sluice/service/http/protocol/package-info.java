/**
 * The wire protocol, all contracts of it on one server. Nothing outside uses it. Everything may
 * change freely.
 */
package dev.sluice.service.http.protocol;
