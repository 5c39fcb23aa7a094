/**
 * Calls of workers, and recorded answers that their clients rely on, which must stay. Most run by
 * {@code ProtocolContract}.
 */
package dev.sluice.service.http.worker;
