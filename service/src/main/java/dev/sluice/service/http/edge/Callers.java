package dev.sluice.service.http.edge;

import org.eclipse.jetty.server.Request;

/**
 * Finds out, once a call, whether its credential is known. The call's own check of its credential
 * takes what was found here.
 */
public interface Callers {

  /** May ask the store. */
  boolean know(Request request);

  /** Lets the call be looked at again, since it has waited and its credential may have ended. */
  void forget(Request request);
}
