package dev.sluice.service.transfer;

/**
 * The first line of an export.
 *
 * @param format {@link #OLDEST} to {@link #FORMAT}
 * @param id unique
 * @param org the one exported, for people
 * @param version of the exporting service, for people
 * @param atMs epoch ms
 */
public record ExportHeader(
    String type, int format, String id, String org, String version, long atMs) {

  public static final String TYPE = "sluice-export";

  /** The one that is written. */
  public static final int FORMAT = 2;

  /** The oldest that is read; its sessions have no subject. */
  public static final int OLDEST = 1;

  static ExportHeader of(String id, String org, String version, long atMs) {
    return new ExportHeader(TYPE, FORMAT, id, org, version, atMs);
  }
}
