/** Calls of producers and the public reads. Run by {@code ProtocolContract}. */
package dev.sluice.service.http.producer;
