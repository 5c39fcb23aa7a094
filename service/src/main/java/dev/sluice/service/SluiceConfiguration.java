package dev.sluice.service;

import io.dropwizard.core.Configuration;

/** What {@code config.yml} may say. */
public class SluiceConfiguration extends Configuration {}
