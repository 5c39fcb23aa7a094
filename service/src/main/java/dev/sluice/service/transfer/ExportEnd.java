package dev.sluice.service.transfer;

import java.util.Map;

/**
 * The last line of an export.
 *
 * @param counts records by type
 * @param chain checksum of all lines before, hex; see {@link ExportProgress}
 */
record ExportEnd(String type, Map<String, Long> counts, String chain) {

  static final String TYPE = "end";
}
