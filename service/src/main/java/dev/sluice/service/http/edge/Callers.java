package dev.sluice.service.http.edge;

/** May ask the store. */
public interface Callers {

  boolean knowsAuthorization(String authorization, String remoteAddress);

  boolean knowsCookie(String value);
}
