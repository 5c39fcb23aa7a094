package dev.sluice.service.dispatch;

import dev.sluice.backend.workers.Projects;
import java.util.List;
import java.util.Set;

/** The properties of a poll that decide its possible work and jobs, apart from free slots. */
record Profile(
    Projects takes, Set<String> capabilities, List<String> repositories, boolean batch) {}
