/**
 * Calls of producers and the public reads. {@code ProtocolContract} runs the contracts. Everything
 * may change freely.
 */
package dev.sluice.service.http.producer;
