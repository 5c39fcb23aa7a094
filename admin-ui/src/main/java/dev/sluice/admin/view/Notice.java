package dev.sluice.admin.view;

public record Notice(String tone, String words) {

  public static Notice done(String words) {
    return new Notice(Badge.DONE, words);
  }

  public static Notice look(String words) {
    return new Notice(Badge.WAIT, words);
  }
}
