package dev.sluice.admin.acts;

import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Links;
import dev.sluice.control.Host;
import java.util.ArrayList;
import java.util.List;

public final class HostButtons {

  private HostButtons() {}

  public static ActButton.Menu of(Host host, Links links) {
    List<ActButton> buttons = new ArrayList<>();
    if (host.drained() < host.workersInUse()) {
      buttons.add(ActButton.form("Drain host", links.hostAct(host.name(), "drain")));
    }
    if (host.drained() > 0) {
      buttons.add(ActButton.form("Undrain host", links.hostAct(host.name(), "undrain")));
    }
    return ActButton.menu(buttons);
  }
}
