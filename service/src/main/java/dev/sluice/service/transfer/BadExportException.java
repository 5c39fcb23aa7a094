package dev.sluice.service.transfer;

/** A line that no export has there. The message names it. */
public final class BadExportException extends Exception {

  private static final long serialVersionUID = 1L;

  BadExportException(long line, String problem) {
    super("line " + line + ": " + problem);
  }
}
