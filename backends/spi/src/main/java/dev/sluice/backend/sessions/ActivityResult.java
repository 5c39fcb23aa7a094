package dev.sluice.backend.sessions;

public record ActivityResult(Activity activity, Session session) {}
