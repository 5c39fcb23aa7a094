package dev.sluice.admin.view;

public record Spark(String path, String words) {

  public static final int WIDTH = 45;

  public static final int HEIGHT = 20;
}
