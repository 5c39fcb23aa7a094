/**
 * Calls of workers, and the recorded answers that their clients rely on. {@code ProtocolContract}
 * runs most contracts. The recorded answers stay; the rest may change freely.
 */
package dev.sluice.service.http.worker;
