/** The wire protocol, all contracts on one server. */
package dev.sluice.service.http.protocol;
