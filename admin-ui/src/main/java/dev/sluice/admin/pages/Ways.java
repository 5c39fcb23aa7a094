package dev.sluice.admin.pages;

import dev.sluice.admin.view.Links;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Where a form leads to when it is done. */
final class Ways {

  private Ways() {}

  /** The address given if it is one of a page of ours, else the overview. */
  static String back(@Nullable String address) {
    if (address == null) {
      return Links.ROOT;
    }
    try {
      URI uri = new URI(address);
      boolean ours =
          uri.getScheme() == null
              && uri.getRawAuthority() == null
              && uri.getRawPath() != null
              && uri.normalize().getRawPath().matches("/admin(/.*)?");
      return ours ? address : Links.ROOT;
    } catch (URISyntaxException e) {
      return Links.ROOT;
    }
  }
}
