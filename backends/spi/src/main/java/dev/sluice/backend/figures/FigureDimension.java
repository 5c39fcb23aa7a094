package dev.sluice.backend.figures;

/** By what the figures are told apart. */
public enum FigureDimension {
  PROJECT,
  /** The one that the work's subject names; may be empty. */
  MODEL,
  /** That of the worker; empty for an end without a worker. */
  HOST,
  /**
   * Why runs failed and claims were lost. Only {@link FigureSeries#failed} counts, and runs that
   * are repeated count too; empty for a failed run without a cause.
   */
  CAUSE
}
