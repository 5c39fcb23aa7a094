package dev.sluice.service.transfer;

/** Stands instead of the last line of an export that couldn't be completed. */
record ExportFailure(String type, String reason) {

  static final String TYPE = "failed";
}
